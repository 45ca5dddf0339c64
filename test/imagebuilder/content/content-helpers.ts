import type { ContentUse } from '../../../src/imagebuilder/content/model.js'
import { EcsError } from '../../../src/imagebuilder/errors.js'

export const build: ContentUse = { kind: 'template', purpose: 'Build', systemType: 'Linux' }
export const test: ContentUse = { kind: 'template', purpose: 'Test', systemType: 'Linux' }
export const component: ContentUse = { kind: 'component', purpose: 'Build', systemType: 'Linux' }
export const windows = (use: ContentUse): ContentUse => ({ ...use, systemType: 'Windows' })

export const everyUse: readonly ContentUse[] = [build, test, component].flatMap((use) => [
  use,
  windows(use),
])

/** The error that `action` throws; anything but an EcsError fails the test by itself. */
export function refusal(action: () => unknown): EcsError {
  try {
    action()
  } catch (error) {
    if (error instanceof EcsError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
