import type { Emulator, EmulatorOptions } from './create.js'

export type { Emulator, EmulatorOptions } from './create.js'

/**
 * Starts an emulator of the service in this process, on a port of this machine and with a clock that
 * the caller moves. Its code is loaded now: who only embeds an engine does without.
 *
 * @throws BakelineError `INVALID_INPUT` for a port that is taken, a host that needs access keys, and
 *   as `openImageBuilder` does
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { createEmulator: create } = await import('./create.js')
  return create(options)
}
