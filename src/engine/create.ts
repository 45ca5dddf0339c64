import type { Ids, Store, Wall } from '../core/ports.js'
import { register, type StepperKind } from './definition.js'
import { Engine } from './engine.js'
import type { Simulate } from './simulate.js'
import type { MachineEntry, MachineIn, TaskFunction, TaskFunctions } from './types.js'

/** What an engine is made from, its ports included. */
export interface EngineOptions<E extends readonly MachineEntry[]> {
  readonly store: Store
  readonly machines: E
  // NoInfer: the machines alone say what E is, or the parameters of a function here would be `never`.
  /** The real functions, by the name in `setup({ actors })`; a missing one is the machine's own. */
  readonly tasks?: NoInfer<TaskFunctions<MachineIn<E[number]>>>
  /** Decides tasks by what the file says, in the file's time, instead of running a function. */
  readonly simulate?: Simulate
  /**
   * `interpreted` lets xstate itself take every step, to compare; `compiled` when absent. What is
   * stored is the same, to the byte.
   */
  readonly stepper?: StepperKind
  /** Real tasks that run at once in this process; 100 when absent. */
  readonly maxTasks?: number
  /** How long a dead process's tasks wait for another, in milliseconds; 30 000 when absent. */
  readonly leaseMs?: number
  /** How often to look for what other processes wrote, in milliseconds; 50 when absent. */
  readonly pollMs?: number
  /** How many due things one commit may do, asked before each; 1 000 when absent. */
  readonly duePerCommit?: () => number
  /** Where `log` actions, failed actions and background troubles go; `console.error` when absent. */
  readonly log?: (...line: unknown[]) => void
}

/** The ports that an engine runs on. */
export interface EnginePorts {
  readonly wall: Wall
  readonly ids: Ids
  readonly owner: string
}

/** Builds an engine; nothing runs in the background before `run()`. */
export function buildEngine<const E extends readonly MachineEntry[]>(
  options: EngineOptions<E>,
  { wall, ids, owner }: EnginePorts,
): Engine {
  return new Engine({
    store: options.store,
    registry: register(options.machines, options.stepper),
    tasks: (options.tasks ?? {}) as Readonly<Record<string, TaskFunction>>,
    simulate: options.simulate ?? (() => null),
    wall,
    newId: (kind, n) => ids.next(kind, n),
    owner,
    leaseMs: options.leaseMs ?? 30_000,
    maxTasks: options.maxTasks ?? 100,
    pollMs: options.pollMs ?? 50,
    ...(options.duePerCommit === undefined ? {} : { duePerCommit: options.duePerCommit }),
    log: options.log ?? ((...line) => console.error(...line)),
  })
}
