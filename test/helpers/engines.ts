import { afterEach } from 'vitest'
import type { Store } from '../../src/core/ports.js'
import { buildEngine, type EngineOptions } from '../../src/engine/create.js'
import type { Engine } from '../../src/engine/engine.js'
import type { MachineEntry } from '../../src/engine/types.js'
import { ids } from '../../src/ids/ids.js'
import { ManualWall } from './manual-wall.js'

type Rest<E extends readonly MachineEntry[]> = Omit<EngineOptions<E>, 'store' | 'machines'> & {
  readonly wall?: ManualWall
  readonly owner?: string
}

const open: Engine[] = []
let owners = 0

afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close()
})

/** An engine of its own process, as it were: with its own name, and nothing in the background. */
export function engineOn<const E extends readonly MachineEntry[]>(
  store: Store,
  machines: E,
  { wall = new ManualWall(), owner = `process-${++owners}`, ...rest }: Rest<E> = {},
): Engine {
  const options = { store, machines, log: () => undefined, ...rest }
  const engine = buildEngine(options as EngineOptions<E>, { wall, ids: ids('seed'), owner })
  open.push(engine)
  return engine
}

/** A promise that a test settles, for functions whose end it decides. */
export function deferred<T>(): {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: unknown) => void
} {
  let resolve: (value: T) => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/** The error that a promise or a call ends with. */
export async function errorOf(failing: Promise<unknown> | (() => unknown)): Promise<unknown> {
  try {
    await (typeof failing === 'function' ? failing() : failing)
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}
