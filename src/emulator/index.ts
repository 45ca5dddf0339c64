import type { Engine } from '../engine/engine.js'
import type { Emulator, EmulatorOptions } from './create.js'
import type { Inspector, InspectorOptions } from './inspector.js'

export type { Emulator, EmulatorOptions } from './create.js'
export type { Inspector, InspectorOptions } from './inspector.js'

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

/**
 * Shows the executions of any engine on a page of this machine: their charts, their times, every step.
 * The engine goes on when it is closed.
 *
 * @throws BakelineError `INVALID_INPUT` for a port that is taken
 */
export async function serveInspector(
  engine: Engine,
  options: InspectorOptions = {},
): Promise<Inspector> {
  const { serveInspector: serve } = await import('./inspector.js')
  return serve(engine, options)
}
