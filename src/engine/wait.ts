import type { AnyStateMachine } from 'xstate'
import { BakelineError } from '../core/errors.js'
import type { Store, Wall } from '../core/ports.js'
import type { Turns } from './turns.js'
import type { Condition, Execution } from './types.js'

interface WaitOptions<M extends AnyStateMachine> {
  readonly id: string
  readonly get: () => Promise<Execution<M> | undefined>
  readonly turns: Turns
  readonly wall: Wall
  readonly store: Store
  readonly pollMs: number
  readonly timeoutMs: number | null
}

/** Looks at each commit here, and polls for those of other processes. */
export async function waitFor<M extends AnyStateMachine>(
  options: WaitOptions<M>,
  condition: Condition<M>,
): Promise<Execution<M>> {
  const { id, get, wall, timeoutMs } = options
  const until = timeoutMs === null ? Number.POSITIVE_INFINITY : wall.now() + timeoutMs
  for (;;) {
    const changed = change(options, until)
    try {
      const execution = await get()
      if (!execution) throw new BakelineError('NOT_FOUND', `no execution ${id}`, { execution: id })
      if (fulfils(execution, condition)) return execution
      if (execution.outcome !== null) throw endedWithout(execution)
      if (wall.now() >= until) throw tooLate(execution, timeoutMs)
      await changed.promise
    } finally {
      changed.cancel()
    }
  }
}

function endedWithout({ id, outcome }: Pick<Execution, 'id' | 'outcome'>): BakelineError {
  return new BakelineError('NOT_LIVE', `${id} ended (${outcome}) without what was waited for`, {
    execution: id,
    outcome: String(outcome),
  })
}

function tooLate({ id, value }: Pick<Execution, 'id' | 'value'>, ms: number | null): BakelineError {
  return new BakelineError(
    'TIMEOUT',
    `${id} was still in ${JSON.stringify(value)} after ${ms} ms`,
    { execution: id },
  )
}

function fulfils<M extends AnyStateMachine>(
  execution: Execution<M>,
  condition: Condition<M>,
): boolean {
  if (typeof condition === 'function') return condition(execution)
  if ('tag' in condition) return execution.tags.includes(condition.tag)
  if ('status' in condition) return execution.status === condition.status
  return execution.outcome !== null
}

/** Resolves when the execution changed here, somebody else wrote, or the time is over. */
function change<M extends AnyStateMachine>(
  { id, turns, wall, store, pollMs }: WaitOptions<M>,
  until: number,
): { readonly promise: Promise<void>; readonly cancel: () => void } {
  let settle: () => void = () => undefined
  const promise = new Promise<void>((resolve) => {
    settle = resolve
  })
  const before = store.foreignVersion()
  let alarm = (): void => undefined
  const stop = turns.listen((turn) => {
    if (turn.drafts.changed.has(id)) end()
  })
  const end = (): void => {
    stop()
    alarm()
    settle()
  }
  const moved = (): boolean => {
    try {
      return store.foreignVersion() !== before
    } catch {
      // The store was closed meanwhile: the next look says so.
      return true
    }
  }
  const poll = (): void => {
    if (moved() || wall.now() >= until) end()
    else alarm = wall.after(Math.max(1, Math.min(pollMs, until - wall.now())), poll)
  }
  alarm = wall.after(Math.max(1, Math.min(pollMs, until - wall.now())), poll)
  return { promise, cancel: end }
}
