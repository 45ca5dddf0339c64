import { formatDuration } from '../../../core/duration.js'
import type { Json } from '../../../core/json.js'
import { decide, rulingFor } from '../../plan/decide.js'
import type { SeenRun, SeenWork } from '../seen.js'
import type { Wanted } from '../wanted.js'
import { type Invariant, listed, ofEach, type Surroundings } from './invariant.js'

/** How often a task is tried, and the pauses between, in milliseconds: docs/fidelity.md has them. */
const tries: Readonly<Record<string, readonly number[]>> = {
  copyImage: [30_000, 60_000],
  shareImage: [10_000, 20_000],
  releaseResources: [10_000, 20_000],
}

/** Copies at a time into one region, as the service documents it. */
const copiesPerRegion = 5

function nameOf(task: string): string {
  if (task.startsWith('copy.')) return 'copyImage'
  return task.startsWith('share.') ? 'shareImage' : task
}

/** How long an attempt takes; nothing of that is left to chance here. */
function durationOf(
  { life, work }: SeenRun,
  task: string,
  { plan, nameOf: templateName }: Surroundings,
): number | undefined {
  const { wanted, tasks: known } = life.ledger
  const input = work.find(({ row }) => row.id === task)?.body.input ?? inputOf(task, wanted)
  const template = (): string | undefined => templateName(wanted.key)
  const ruling = rulingFor(plan, { src: nameOf(task), input, template })
  const attempt = (known[task]?.failures ?? 0) + 1
  return decide(ruling, { attempt, at: 0, key: 0, seed: 0 })?.duration ?? undefined
}

/** What a rule may look at of a task's input: its region. */
function inputOf(task: string, wanted: Wanted): Json {
  const [, region = wanted.region] = task.split('.')
  return { region }
}

/** About tasks, their attempts and their timers. */
export const tasks: readonly Invariant[] = [
  ofEach(
    'tasks-of-the-stage',
    'Exactly the tasks that the stage asks for are pending, none twice.',
    function* ({ row, work, expected }) {
      if (row.stuck !== null) return
      const found = work.map(({ row: { id } }) => id).sort()
      const wanted = [...expected.running].sort()
      if (found.join() !== wanted.join()) {
        yield `${listed(found)} pending while it is ${row.status}, where ${listed(wanted)} should be`
      }
    },
  ),
  ofEach(
    'attempts-as-documented',
    'A copy, a share and a release are tried three times, anything else once, with the documented pauses.',
    function* ({ life: { ledger } }) {
      for (const [task, { pauses, end, failures }] of Object.entries(ledger.tasks)) {
        const legal = tries[nameOf(task)] ?? []
        for (const [index, pause] of pauses.entries()) {
          const wanted = legal[index]
          if (wanted === undefined) yield `${task} failed ${index + 1} times and is tried again`
          else if (pause !== wanted) {
            yield `${task} pauses for ${formatDuration(pause)} after failure ${index + 1}, not ${formatDuration(wanted)}`
          }
        }
        if (end !== null && !end.ok && failures < legal.length) {
          yield `${task} failed for good after ${failures + 1} of ${legal.length + 1} attempts`
        }
      }
    },
  ),
  ofEach(
    'ends-when-due',
    'An attempt takes exactly as long as it is to take, whatever happens meanwhile.',
    function* (run, { now }, surroundings) {
      for (const [task, { took, begunAt }] of Object.entries(run.life.ledger.tasks)) {
        const pending = run.work.find(({ row }) => row.id === task)
        const duration = durationOf(run, task, surroundings)
        if (duration === undefined) continue
        if (took !== null && took !== duration) {
          yield `${task} took ${formatDuration(took)}, not ${formatDuration(duration)}`
        }
        if (pending !== undefined) yield* badDue(pending, { begunAt, duration, now })
      }
    },
  ),
  {
    name: 'pools-keep-their-limit',
    says: 'At most five copies go into a region at a time, and nobody waits while a slot is free.',
    *check({ runs }) {
      const copies = runs.flatMap(({ work, life }) =>
        work.filter(({ row }) => row.id.startsWith('copy.')).map(({ row }) => ({ row, life })),
      )
      for (const region of new Set(copies.map(({ row }) => row.id.slice('copy.'.length)))) {
        const here = copies.filter(({ row }) => row.id === `copy.${region}`)
        const running = here.filter(({ row }) => row.state === 'running')
        const waiting = here.find(({ row }) => row.state === 'waiting')
        if (running.length > copiesPerRegion) {
          yield {
            execution: null,
            message: `${running.length} copies go into ${region} at a time; it takes ${copiesPerRegion}`,
          }
        }
        if (waiting !== undefined && running.length < copiesPerRegion) {
          const message = `it waits for one of ${copiesPerRegion} slots to ${region}, and only ${running.length} are taken`
          yield { execution: waiting.life.name, message }
        }
      }
    },
  },
  ofEach(
    'slots-are-held-by-who-works',
    'Who runs in a pool holds a slot of it; who waits, pauses or has ended holds none.',
    function* ({ work }) {
      for (const { row } of work) {
        const wanted = row.pool !== null && row.state === 'running'
        if (row.slot !== wanted && row.kind === 'task') {
          yield `${row.id} is ${row.state} and holds ${row.slot ? 'a' : 'no'} slot of ${row.pool ?? 'a pool'}`
        }
      }
    },
  ),
]

function* badDue(
  { row, body }: SeenWork,
  { begunAt, duration, now }: { begunAt: number; duration: number; now: number },
): Generator<string> {
  if (row.state === 'waiting') return
  const due = row.state === 'backoff' ? begunAt : begunAt + duration
  if (row.due === null) yield `${row.id} is ${row.state} and is never due`
  else if (row.due !== due) {
    const [is, should] = [row.due - now, due - now].map((ms) => shownIn(ms))
    yield `attempt ${body.attempt} of ${row.id} (${row.state}) is due ${is}, not ${should}`
  }
}

function shownIn(ms: number): string {
  return ms < 0 ? `${formatDuration(-ms)} ago` : `in ${formatDuration(ms)}`
}
