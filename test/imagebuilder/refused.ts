import { expect } from 'vitest'
import { EcsError } from '../../src/imagebuilder/errors.js'

/** Runs what must be refused and gives the error. */
export function refused(run: () => unknown): EcsError {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(EcsError)
    return error as EcsError
  }
  throw new Error('nothing was refused')
}
