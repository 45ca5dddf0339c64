import { formatDuration } from '../../core/duration.js'
import type { Reader, WorkRow } from '../../core/ports.js'
import { type DescribedExecution, describeExecution } from '../../imagebuilder/describe.js'
import { getRow, timeText } from '../../imagebuilder/rows.js'
import { machineKey } from '../../engine/definition.js'
import { isHeldRow } from '../../engine/tasks.js'
import { executionView } from '../../engine/views.js'
import { executionDefinition } from '../../imagebuilder/definition.js'
import type { Run } from '../find.js'
import type { Life, Span } from './life.js'

/** How a part of an execution stands. */
export type Mark = 'pending' | 'running' | 'queued' | 'pause' | 'done' | 'failed' | 'stopped'

/** One line of the tree: a stage, or a region. */
export interface Part {
  readonly label: string
  readonly mark: Mark
  /** How much of its time has passed, 0 to 1; null for what has no end in sight. */
  readonly fraction: number | null
  readonly note: string
}

/** An execution as it is drawn. Times are the file's. */
export interface Picture {
  readonly run: Run
  /** False when its machine is not here: then nothing is known of its context. */
  readonly known: boolean
  readonly described: DescribedExecution
  readonly template: string
  /** How long it has lasted, in milliseconds. */
  readonly lasted: number
  readonly parts: readonly Part[]
}

/** The machine that this version has. */
export const ours = machineKey(executionDefinition.machine)

/** What can be said of an execution of another machine. */
function unknown({
  id,
  machine,
  status,
  singletonKey,
  startedAt,
  updatedAt,
}: Run): DescribedExecution {
  return {
    ExecutionId: id,
    ImagePipelineId: singletonKey ?? '',
    RegionId: '',
    Status: status as DescribedExecution['Status'],
    ImageId: '',
    Message: `It waits for ${machine}, which this version does not have.`,
    ErrorCode: '',
    CreationTime: timeText(startedAt),
    ModifiedTime: timeText(updatedAt),
  }
}

/** Draws an execution from what the file says now; undefined when it is gone. */
export function pictureOf(
  reader: Reader,
  id: string,
  { life, now }: { readonly life: (n: number) => Life | undefined; readonly now: number },
): Picture | undefined {
  const row = reader.executionById(id)
  if (!row) return undefined
  const run = executionView(row, new Map()) as unknown as Run
  const known = row.machine === ours
  const told = life(row.n)
  const tasks: Tasks = {
    now: row.stuck === null ? now : row.updatedAt,
    spans: told?.spans ?? new Map(),
    work: new Map(reader.workOf(row.n).map((work) => [work.id, work])),
  }
  return {
    run,
    known,
    described: known ? describeExecution(run) : unknown(run),
    template: getRow(reader, 'template', row.singletonKey ?? '')?.Name ?? row.singletonKey ?? '',
    lasted: (run.endedAt ?? Math.max(now, run.startedAt)) - run.startedAt,
    parts: told === undefined ? [] : partsOf(run, tasks),
  }
}

interface Tasks {
  readonly now: number
  readonly spans: ReadonlyMap<string, Span>
  readonly work: ReadonlyMap<string, WorkRow>
}

function partsOf(run: Run, tasks: Tasks): Part[] {
  const { context } = run
  const stages: (readonly [string, string])[] = [
    ['prepare', 'prepareInstance'],
    ...(context.repairMode === null ? [] : [['repair', 'repairImage'] as const]),
    ['build', 'buildImage'],
    ...(context.hasTests ? [['test', 'testImage'] as const] : []),
  ]
  const regions = [context.region, ...context.copies.map(({ region }) => region)]
  return [
    ...stages.map(([label, task]) => withCause(stagePart(label, task, tasks), task, run)),
    ...regions.map((region) => regionPart(region, run, tasks)),
    stagePart('release', 'releaseResources', tasks),
  ].map((part) => (run.outcome !== null && part.mark === 'pending' ? skipped(part) : part))
}

function skipped(part: Part): Part {
  return { ...part, mark: 'stopped', note: part.note || 'not reached' }
}

function stagePart(label: string, task: string, tasks: Tasks): Part {
  const span = tasks.spans.get(task)
  if (!span) return { label, mark: 'pending', fraction: null, note: '' }
  if (span.to === null) return pendingPart(label, task, tasks)
  const took = formatDuration(span.to - span.from)
  const mark = span.end ?? 'stopped'
  return { label, mark, fraction: null, note: mark === 'done' ? took : `${mark} after ${took}` }
}

/** A stage that failed says for what; the head of the tree has the sentence. */
function withCause(part: Part, task: string, { context: { fatal } }: Run): Part {
  return fatal?.task === task ? { ...part, note: `${part.note}: ${fatal.code}` } : part
}

/** A task that runs, queues for a slot, or pauses between two attempts. */
function pendingPart(label: string, task: string, { now, spans, work }: Tasks): Part {
  const row = work.get(task)
  const span = spans.get(task)
  const failures = span?.attempts ?? 0
  const attempt = failures === 0 ? '' : `, attempt ${failures + 1}`
  if (!row || !span) return { label, mark: 'running', fraction: null, note: 'in work' }
  if (row.state === 'waiting') {
    return { label, mark: 'queued', fraction: null, note: `waits for a slot${attempt}` }
  }
  if (isHeldRow(row)) {
    return { label, mark: 'queued', fraction: null, note: `waits to be described${attempt}` }
  }
  if (row.state === 'backoff') {
    const left = row.due === null ? '' : ` in ${formatDuration(round(row.due - now))}`
    return { label, mark: 'pause', fraction: null, note: `attempt ${failures + 1}${left}` }
  }
  if (row.axis === 'wall' || row.due === null) {
    return { label, mark: 'running', fraction: null, note: `in work${attempt}` }
  }
  const whole = row.due - span.since
  const fraction = whole <= 0 ? 1 : Math.min(1, Math.max(0, (now - span.since) / whole))
  const note = `${formatDuration(round(row.due - now))} left${attempt}`
  return { label, mark: 'running', fraction, note }
}

/** A region: the image there, how its copy gets on, and with whom it is shared. */
function regionPart(region: string, run: Run, tasks: Tasks): Part {
  const { context } = run
  const own = region === context.region
  const copy = `copy.${region}`
  const span = own ? undefined : tasks.spans.get(copy)
  if (!own && !span) return { label: region, mark: 'pending', fraction: null, note: '' }
  if (span && span.to === null) {
    const part = pendingPart(region, copy, tasks)
    return { ...part, note: `copying, ${part.note}` }
  }
  if (span && span.end !== 'done') return failedCopy(region, run, span)
  if (own && context.image !== 'available') return ownImage(region, run)
  const image = own ? context.imageId : copyId(region, run)
  const tries = span && span.attempts > 0 ? ` at attempt ${span.attempts + 1}` : ''
  const made = span?.to == null ? '' : `, copied in ${formatDuration(span.to - span.from)}${tries}`
  const share = shareOf(region, run, tasks)
  return { ...share, label: region, note: `${image}${made}${share.note}` }
}

function ownImage(region: string, { context }: Run): Part {
  const mark = context.image === 'gone' ? 'stopped' : 'pending'
  const creating = `${context.imageId}, being made`
  const notes = { none: '', creating, gone: 'no image', available: '' }
  return { label: region, mark, fraction: null, note: notes[context.image] }
}

function failedCopy(region: string, { context }: Run, { end }: Span): Part {
  const problem = context.problems.find((each) => each.stage === 'copy' && each.region === region)
  const note = problem ? `copy failed: ${problem.code}, ${problem.message}` : 'copy stopped'
  return { label: region, mark: end ?? 'stopped', fraction: null, note }
}

function copyId(region: string, { context }: Run): string {
  return context.copies.find((copy) => copy.region === region)?.imageId ?? ''
}

function shareOf(
  region: string,
  { context }: Run,
  tasks: Tasks,
): Pick<Part, 'mark' | 'fraction' | 'note'> {
  const ids = [...tasks.spans.keys()].filter((id) => id.startsWith(`share.${region}.`))
  if (ids.length === 0) return { mark: 'done', fraction: null, note: '' }
  const pending = ids.find((id) => tasks.spans.get(id)?.to === null)
  if (pending !== undefined) {
    const { mark, fraction, note } = pendingPart(region, pending, tasks)
    return { mark, fraction, note: `, sharing, ${note}` }
  }
  const failed = context.problems.flatMap((problem) =>
    problem.stage === 'share' && problem.region === region ? problem.accounts : [],
  )
  const shared = context.accounts.length - failed.length
  const well = shared > 0 ? `, shared with ${count(shared, 'account')}` : ''
  if (failed.length === 0) return { mark: 'done', fraction: null, note: well }
  const badly = `, not with ${failed.slice(0, 3).join(', ')}${failed.length > 3 ? ' …' : ''}`
  return { mark: 'failed', fraction: null, note: well + badly }
}

/** Whole seconds: a clock that runs is read between two of them. */
function round(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1_000) * 1_000)
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

/** An execution as `--json` has it: the fields of the wire, then ours. */
export function pictureJson({ run, described, template }: Picture): object {
  return {
    ...described,
    template,
    endedAt: run.endedAt === null ? null : timeText(run.endedAt),
    outcome: run.outcome,
    stuck: run.stuck,
  }
}
