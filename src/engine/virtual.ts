import { clockName } from '../core/clock.js'
import { BakelineError } from '../core/errors.js'
import { formatDuration } from '../core/duration.js'
import type { Reader, Store, WorkRow } from '../core/ports.js'
import type { Runner } from './runner.js'
import type { Turns } from './turns.js'
import type { Worker } from './worker.js'

/** Where a move of the virtual clock ended. */
export interface Moved {
  /** The file's time now, in milliseconds. */
  readonly now: number
  /** Due items worked off on the way. */
  readonly done: number
  /** Why it stopped early: an item of a machine that is not here, or a task that runs elsewhere. */
  readonly held: 'machine' | 'task' | null
}

export interface VirtualOptions {
  readonly store: Store
  readonly turns: Turns
  readonly runner: Runner
  readonly worker: Worker
  /** Resolves when a real task of this process was settled, or the time has passed. */
  readonly nextEnd: (ms: number | null) => Promise<void>
}

/**
 * Moves the file's virtual clock to a time, doing what falls due on the way, each at its own time.
 *
 * @throws BakelineError `CLOCK` when the clock is not virtual or the time lies behind it.
 */
export async function advanceTo(options: VirtualOptions, time: number): Promise<Moved> {
  const start = await options.store.read(virtualNow)
  if (time < start) throw backwards(time, start)
  return moveTo(options, start, time)
}

/** Moves it on by a duration, counted from where it stands now. */
export async function advanceBy(options: VirtualOptions, ms: number): Promise<Moved> {
  const start = await options.store.read(virtualNow)
  return moveTo(options, start, start + ms)
}

/** Never refused: when another process has moved the clock further meanwhile, it is there already. */
async function moveTo(options: VirtualOptions, from: number, time: number): Promise<Moved> {
  let done = 0
  for (;;) {
    await ownTasksDone(options)
    const pass = await options.turns.due((turn) => {
      turn.realWork = pendingTask(turn.reader) !== undefined
      return { until: Math.max(time, virtualNow(turn.reader)), move: { from }, patient: true }
    })
    done += pass.done
    if (pass.more) continue
    const { now, task } = await options.store.read((reader) => ({
      now: virtualNow(reader),
      task: pendingTask(reader),
    }))
    // A task that this process can run came up on the way: run it, then go on.
    if (pass.held === 'task' && task && options.worker.canRun(task)) continue
    return { now, done, held: pass.held }
  }
}

/** Jumps to the next due item and does it; null when nothing is due ever, nor runs anywhere. */
export async function jump(options: VirtualOptions): Promise<Moved | null> {
  const start = await options.store.read(virtualNow)
  await ownTasksDone(options)
  const next = await options.store.read((reader) => {
    const until = Number.MAX_SAFE_INTEGER
    const due = reader.due({ axis: 'file', until, limit: 1 })[0]?.due
    if (due == null && !pendingTask(reader)) return null
    return Math.max(due ?? 0, virtualNow(reader))
  })
  return next === null ? null : moveTo(options, start, next)
}

/** Which of the things that are due at one instant is done. */
export interface NextItem {
  /** The id of the execution. */
  readonly execution: string
  /** The id of the task or timer, `copy.cn-beijing`. */
  readonly id: string
}

/**
 * Moves it on to what is due next and does one thing of that: the first or, of several that are due
 * at that instant, the one that is named. Null when nothing is due, or what is named is not.
 */
export async function doNext(options: VirtualOptions, item?: NextItem): Promise<NextItem | null> {
  const n = await options.store.read((reader) => {
    virtualNow(reader)
    return item && reader.executionById(item.execution)?.n
  })
  await ownTasksDone(options)
  const wanted = (row: WorkRow): boolean => row.execution === n && row.id === item?.id
  const row = await options.turns.one(item ? wanted : () => true)
  if (row === null || item) return row && (item ?? null)
  const execution = await options.store.read((reader) => reader.execution(row.execution)?.id ?? '')
  return { execution, id: row.id }
}

/** Runs the real tasks that are ready here, until none is left. */
async function ownTasksDone({ store, worker, runner, nextEnd }: VirtualOptions): Promise<void> {
  while (runner.size > 0 || (await store.read(pendingTask))) {
    const waitMs = await worker.pass()
    if (runner.size > 0) {
      await nextEnd(null)
      continue
    }
    const task = await store.read(pendingTask)
    if (!task || !worker.canRun(task) || waitMs === null) return
    await nextEnd(waitMs)
  }
}

/** A real task that is ready, runs, or pauses between two attempts, here or elsewhere. */
function pendingTask(reader: Reader): WorkRow | undefined {
  return reader.due({ axis: 'wall', until: Number.MAX_SAFE_INTEGER, limit: 1 })[0]
}

function virtualNow(reader: Reader): number {
  const clock = reader.clock()
  if (clock.mode === 'virtual') return clock.now
  throw new BakelineError(
    'CLOCK',
    `the clock is ${clockName(clock)}: it moves by itself; only a virtual clock can be advanced`,
  )
}

function backwards(time: number, now: number): BakelineError {
  return new BakelineError(
    'CLOCK',
    `time only goes forward: the clock stands ${formatDuration(now - time)} later than that`,
  )
}
