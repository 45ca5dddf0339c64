import { BakelineError } from '../../../core/errors.js'
import type { Comment } from '../../scenario/write.js'
import { exactDuration } from '../exact.js'
import { grouped } from '../grouped.js'
import { distinct } from '../keys.js'
import type { RecordedRule } from '../rules.js'
import type { Recorded, RecordedStep } from '../scenario.js'
import type { Answers } from './answers.js'
import { type Effort, effortsOf, triesOf } from './efforts.js'
import { type ServiceTemplate, serviceTemplate } from './templates.js'
import { type Timeline, timelineOf } from './timeline.js'
import { type Told, told } from './told.js'

/** An execution of the service, as a scenario tells it. */
export interface ServiceRun {
  readonly told: Told
  readonly key: string
  readonly name: string
  readonly template: ServiceTemplate
  readonly timeline: Timeline
  readonly efforts: readonly Effort[]
}

/** A scenario with what is to be said beside it. */
export interface ServiceScenario {
  readonly scenario: Recorded
  readonly notes: readonly string[]
  readonly comments: readonly Comment[]
}

/**
 * What became of the executions that answers of the service tell of.
 *
 * @param only ids; none: all of them
 * @throws BakelineError `INVALID_INPUT` when the answers tell of no execution, `NOT_FOUND` when not
 *   of one that is asked for
 */
export function serviceRuns(
  answers: Answers,
  source: string,
  only: readonly string[] = [],
): readonly ServiceRun[] {
  const all = told(answers)
  if (all.length === 0) {
    const message = `${source} tells of no execution: save what DescribeImagePipelineExecutions says`
    throw new BakelineError('INVALID_INPUT', message)
  }
  const missing = only.find((id) => !all.some((each) => each.id === id))
  if (missing !== undefined) {
    const message = `there is no execution "${missing}" in ${source}`
    throw new BakelineError('NOT_FOUND', message, { execution: missing })
  }
  const asked = all.filter(({ id }) => only.length === 0 || only.includes(id))
  const keyOf = distinct('-')
  const nameOf = distinct('#')
  const templates = new Map(
    [...grouped(asked, ({ templateId }) => templateId)].map(([id, runs]) => {
      const said = answers.templates.find(({ ImagePipelineId }) => ImagePipelineId === id)
      const template = serviceTemplate(id, runs, said)
      return [id, { template, key: keyOf(template.template.name) }]
    }),
  )
  return asked.map((each): ServiceRun => {
    const { template, key } = templates.get(each.templateId) as {
      readonly template: ServiceTemplate
      readonly key: string
    }
    const timeline = timelineOf(each, template.stages)
    const efforts = effortsOf(each, timeline, template)
    return { told: each, key, name: nameOf(key), template, timeline, efforts }
  })
}

/** The scenario in which they go the same way. */
export function serviceScenario(runs: readonly ServiceRun[], source: string): ServiceScenario {
  const templates = new Map(runs.map((run) => [run.key, run.template]))
  const at = Math.min(...runs.map((run) => run.told.startedAt))
  const { plan, steps, comments } = stepsOf(runs, at, templates.size > 1)
  const worlds = [...templates.values()].map(({ template }) => template.world)
  const world = {
    ...full('accounts', byId(worlds.flatMap(({ accounts = [] }) => accounts))),
    ...full('images', byId(worlds.flatMap(({ images = [] }) => images))),
    ...full('instanceTypes', byId(worlds.flatMap(({ instanceTypes = [] }) => instanceTypes))),
  }
  const ids = {
    ...legal('templates', new Map(runs.map((run) => [run.key, run.told.templateId]))),
    ...legal('executions', new Map(runs.map((run) => [run.name, run.told.id]))),
  }
  const scenario: Recorded = {
    name: `Recorded from ${source}`,
    about: 'What the service answered, to be replayed as near as its answers tell.',
    at: new Date(at).toISOString(),
    ...(Object.keys(world).length === 0 ? {} : { world }),
    ...(Object.keys(ids).length === 0 ? {} : { ids }),
    templates: Object.fromEntries(
      [...templates].map(([key, { template }]) => {
        const { region: RegionId, parameters } = template
        // Its key is its Name: rules tell templates apart by that, and two may be named alike.
        return [key, { RegionId, ...parameters }]
      }),
    ),
    plan,
    steps,
  }
  return { scenario, notes: notesOf(runs), comments }
}

interface Moment {
  readonly at: number
  readonly run: ServiceRun
  readonly kind: 'start' | 'cancel' | 'seen'
}

function stepsOf(runs: readonly ServiceRun[], at: number, several: boolean) {
  const plan: RecordedRule[] = []
  const steps: RecordedStep[] = []
  const comments: Comment[] = []
  const begun = new Map<string, readonly Effort[]>()
  let now = at
  for (const moment of momentsOf(runs)) {
    const { run, kind } = moment
    if (moment.at > now) steps.push({ advance: exactDuration(moment.at - now) })
    now = Math.max(now, moment.at)
    if (kind === 'cancel') steps.push({ cancel: run.name })
    else if (kind === 'seen') steps.push(expectation(run))
    else {
      const before = begun.get(run.key)
      const rules = run.efforts.flatMap((effort) =>
        rulesOf(effort, several ? run.key : null, before),
      )
      const path = before === undefined ? ['plan'] : ['steps', steps.length, 'plan']
      const first = before === undefined ? plan.length : 0
      const texts = run.efforts.flatMap((effort) =>
        rulesOf(effort, null).map((_, index) => (index === 0 ? effort.comment : null)),
      )
      for (const [index, text] of texts.entries()) {
        if (text !== null) comments.push({ path: [...path, first + index], text })
      }
      if (before === undefined) plan.push(...rules)
      else steps.push({ plan: rules })
      begun.set(run.key, [...(before ?? []), ...run.efforts])
      steps.push({ start: run.key, ...(run.name === run.key ? {} : { as: run.name }) })
    }
  }
  const ended = runs.filter(({ timeline }) => timeline.ended)
  const inOrder = [...ended].sort((a, b) => a.timeline.until - b.timeline.until)
  steps.push(...inOrder.map(({ name }) => ({ wait: name })), ...ended.map(expectation))
  return { plan, steps, comments }
}

/** What callers did, and when those were seen last that go on. */
function momentsOf(runs: readonly ServiceRun[]): readonly Moment[] {
  return runs
    .flatMap((run): Moment[] => {
      const { stretches, ended, until } = run.timeline
      const cancel = stretches.find(({ status }) => status === 'CANCELLING')
      return [
        { at: run.told.startedAt, run, kind: 'start' },
        ...(cancel === undefined ? [] : [{ at: cancel.from, run, kind: 'cancel' as const }]),
        ...(ended ? [] : [{ at: until, run, kind: 'seen' as const }]),
      ]
    })
    .sort((a, b) => a.at - b.at)
}

/** Rules say everything: those of an earlier execution of the template must not be left. */
function rulesOf(
  effort: Effort,
  template: string | null,
  before: readonly Effort[] = [],
): readonly RecordedRule[] {
  const { task, region, duration, rest, fail } = effort
  const failed = before.some((each) => each.task === task && each.fail !== null)
  const about = {
    task,
    ...(template === null ? {} : { template }),
    ...(region === null ? {} : { region }),
  }
  const all: RecordedRule = {
    ...about,
    duration: exactDuration(duration),
    ...(fail === null ? (failed ? { fail: false } : {}) : { fail }),
  }
  if (rest === 0) return [all]
  return [all, { ...about, attempt: triesOf(effort), duration: exactDuration(duration + rest) }]
}

function expectation({ told: { last, images, startedAt }, ...run }: ServiceRun): RecordedStep {
  const { stretches, ended, until } = run.timeline
  const visited = stretches.map(({ status }) => status)
  const status = visited.at(-1)
  const kept = ended && status !== 'FAILED' && status !== 'CANCELLED'
  const copied = status === 'SUCCESS' || status === 'PARTITION_SUCCESS'
  const regions = copied ? [run.template.template.region, ...run.template.copies] : []
  const stated = images.filter(
    (image) =>
      kept &&
      (regions.includes(image.region) || image.region === run.template.template.region) &&
      ['Available', 'CreateFailed'].includes(image.status),
  )
  const isLonger = run.efforts.some(({ over }) => over > 0)
  return {
    expect: run.name,
    status,
    ...(ended && last.ErrorCode !== '' ? { error: last.ErrorCode } : {}),
    visited,
    ...(stated.length === 0
      ? {}
      : { images: Object.fromEntries(stated.map((image) => [image.region, image.status])) }),
    ...(ended && !isLonger ? { lasted: exactDuration(until - startedAt) } : {}),
  }
}

function notesOf(runs: readonly ServiceRun[]): readonly string[] {
  const about = runs.flatMap(({ told: { id, last, clocksDiffer }, timeline, efforts }) => [
    ...(clocksDiffer ? [`${id}: the times of its polls contradict it and are left out.`] : []),
    ...(timeline.misplaced.length === 0
      ? []
      : [`${id}: ${timeline.misplaced.join(', ')} came out of order and is left out.`]),
    ...(last.ErrorCode === '' && efforts.some(({ fail }) => fail !== null)
      ? [`${id}: the code of its failure was not told; InternalError is a guess.`]
      : []),
    ...(isLegal(id) ? [] : [`${id}: its id is masked; the replay gives it another.`]),
    ...(timeline.stretches.at(-1)?.status === 'PARTITION_SUCCESS' &&
    !efforts.some(({ task, fail }) => task === 'copyImage' && fail !== null)
      ? [`${id}: what failed was not told: no copy is CreateFailed; the release is a guess.`]
      : []),
  ])
  return [
    'The service does not tell its seed: ids that do not stand here, such as those of images, are',
    'others than its own. A comment at a rule says how well its time is known.',
    ...new Set(runs.flatMap(({ template }) => template.notes)),
    ...about,
  ]
}

/** What documentation masks (`exec-5fb8facb8ed7427c****`) is no id. */
function isLegal(id: string): boolean {
  return /^[\w-]{1,64}$/.test(id)
}

function legal(section: string, ids: ReadonlyMap<string, string>): object {
  const entries = [...ids].filter(([, id]) => isLegal(id))
  return entries.length === 0 ? {} : { [section]: Object.fromEntries(entries) }
}

function full(field: string, list: readonly object[]): object {
  return list.length === 0 ? {} : { [field]: list }
}

/** Two templates may need the same of the world. */
function byId<T extends object>(entries: readonly T[]): readonly T[] {
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()]
}
