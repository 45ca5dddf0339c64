import { test as plain } from 'vitest'
import type { EmulatorOptions } from '../emulator/create.js'
import { createEmulator } from '../emulator/index.js'

/** A `test` of vitest whose functions can ask for an emulator. */
export type BakelineTest = ReturnType<typeof emulatorTest>

/**
 * A `test` whose functions can ask for `emulator`. There is one for each test file, started by the
 * first test that asks and closed after the last; it begins anew for each test, so that those of a
 * file do not run concurrently. `sharedEmulator` is the same one with what the tests before left in
 * it. Its clock stands still until a test moves it, unless `clock` says otherwise.
 *
 * ```ts
 * const test = emulatorTest({ seed: 1 })
 * test('bakes', async ({ emulator }) => { … })
 * ```
 */
export function emulatorTest(options: EmulatorOptions = {}) {
  return plain
    .extend('emulatorOptions', { scope: 'file' }, options)
    .extend('sharedEmulator', { scope: 'file' }, async ({ emulatorOptions }, { onCleanup }) => {
      const emulator = await createEmulator(emulatorOptions)
      onCleanup(() => emulator.close())
      return emulator
    })
    .extend('emulator', async ({ sharedEmulator }) => {
      await sharedEmulator.reset()
      return sharedEmulator
    })
}
