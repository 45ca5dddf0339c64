import { durationMs } from '../../core/duration.js'
import { defaultWorld } from '../../imagebuilder/world/default.js'
import { editWorld } from '../../imagebuilder/world/edit.js'
import { WorldError } from '../../imagebuilder/world/error.js'
import { anchored } from '../plan/anchor.js'
import { type Problem, problemsOf, read } from '../plan/problems.js'
import type { Rule } from '../plan/rule.js'
import { notA } from '../plan/shapes.js'
import type { Mistake } from '../scenario/error.js'
import { scenarioError } from '../scenario/messages.js'
import { positionOf } from '../scenario/positions.js'
import { isMapping, readSource, type Source } from '../scenario/source.js'
import type { Declared, Parameters } from '../scenario/types.js'
import { type FleetFile, fleetSchema } from './schema.js'
import type { Arrivals, Fleet, Limits, Process, Sweep } from './types.js'

/** What a fleet has that does not say otherwise. */
const defaults = { seed: 1, at: '2026-01-05T00:00:00Z', region: 'cn-hangzhou', lasts: '7d' }

/** How many templates a fleet has at most. */
const mostTemplates = 10_000

/**
 * Reads a fleet, in YAML or JSON. Pure: `fileName` is for messages only.
 *
 * @throws ScenarioError with up to ten mistakes, each with line, column and, where there is one, the
 *   nearest legal word
 */
export function loadFleet(text: string, fileName: string): Fleet {
  const fail = (mistakes: readonly Mistake[]) => scenarioError(fileName, text, mistakes)
  const source = readSource(text)
  if (!('document' in source)) throw fail(source)
  if (!isMapping(source)) {
    throw fail([
      { line: 1, column: 1, message: 'a fleet is a mapping with templates and arrivals' },
    ])
  }
  const place = ({ path, at, message }: Problem) => ({ ...positionOf(source, path, at), message })
  const result = read(fleetSchema, source.value)
  if (!result.success) throw fail(problemsOf(result.error, []).map(place))
  const problems = contradictions(result.data)
  if (problems.length > 0) throw fail(problems.map(place))
  return build(source, fileName, result.data)
}

function contradictions(file: FleetFile): readonly Problem[] {
  const templates = Object.keys(file.templates)
  const found: Problem[] = []
  const check = (key: string, path: Problem['path'], at: Problem['at'] = 'value') => {
    if (templates.includes(key)) return
    found.push({ path, at, message: notA('a template of this fleet', key, templates) })
  }
  for (const key of Object.keys(file.repeat ?? {})) check(key, ['repeat', key], 'key')
  for (const [index, { start = [] }] of file.arrivals.entries()) {
    if (typeof start === 'string') check(start, ['arrivals', index, 'start'])
    else for (const [n, key] of start.entries()) check(key, ['arrivals', index, 'start', n])
  }
  for (const [index, rule] of (file.plan ?? []).entries()) {
    if ('call' in rule) {
      const message = 'a fleet makes no calls that a rule could hit: take it out'
      found.push({ path: ['plan', index, 'call'], at: 'key', message })
    }
    if ('task' in rule && rule.template !== undefined) {
      check(rule.template, ['plan', index, 'template'])
    }
  }
  return [...found, ...amounts(file), ...sweepProblems(file), ...worldProblems(file)]
}

function amounts(file: FleetFile): readonly Problem[] {
  const problem = (path: Problem['path'], message: string): Problem => {
    return { path, at: 'value', message }
  }
  const found: Problem[] = []
  const count = Object.keys(file.templates).reduce((sum, key) => sum + (file.repeat?.[key] ?? 1), 0)
  if (count > mostTemplates) found.push(problem(['repeat'], `at most ${mostTemplates} templates`))
  if (durationMs(file.lasts ?? defaults.lasts) <= durationMs(file.warmup ?? 0)) {
    found.push(problem(['warmup'], '"warmup" is as long as the whole run'))
  }
  const { least = 10, most = 100 } = file.stop ?? {}
  if (least > most) found.push(problem(['stop'], '"least" is more than "most"'))
  for (const [index, arrivals] of file.arrivals.entries()) {
    for (const key of ['every', 'poisson'] as const) {
      const gap = arrivals[key] ?? arrivals.bursts?.[key]
      if (gap !== undefined && durationMs(gap) === 0) {
        found.push(problem(['arrivals', index], `"${key}" must be above 0`))
      }
    }
  }
  return found
}

function sweepProblems(file: FleetFile): readonly Problem[] {
  const { sweep, plan = [] } = file
  if (sweep === undefined) return []
  const values = valuesOf(sweep)
  const problem = (message: string): Problem => ({ path: ['sweep'], at: 'value', message })
  if (sweep.limit !== undefined && values.some((value) => !Number.isInteger(value) || value < 1)) {
    return [problem('the values of a limit are whole numbers from 1')]
  }
  if ((sweep.busier ?? sweep.slower) !== undefined && values.some((value) => value === 0)) {
    return [problem('the values are factors above 0')]
  }
  const gaps = file.arrivals.some(({ at, cron }) => at === undefined && cron === undefined)
  if (sweep.busier !== undefined && !gaps) {
    return [problem('arrivals at set times cannot be busier: give them every, poisson or bursts')]
  }
  if (sweep.probability === undefined) return []
  if (values.some((value) => value > 1)) return [problem('a probability is from 0 to 1')]
  const rule = plan[sweep.probability - 1]
  if (rule !== undefined && 'task' in rule) return []
  return [problem(`the plan has no rule ${sweep.probability} about a task`)]
}

function worldProblems({ world }: FleetFile): readonly Problem[] {
  try {
    editWorld(defaultWorld, world ?? {})
    return []
  } catch (error) {
    if (!(error instanceof WorldError)) throw error
    return [{ path: ['world', ...error.path], at: 'value', message: error.message }]
  }
}

function build(source: Source, file: string, read: FleetFile): Fleet {
  const region = read.region ?? defaults.region
  const at = Date.parse(read.at ?? defaults.at)
  const repeat = read.repeat ?? {}
  const namesOf = (key: string): readonly string[] => {
    const count = repeat[key]
    if (count === undefined) return [key]
    return Array.from({ length: count }, (_, n) => `${key}#${n + 1}`)
  }
  const keys = Object.keys(read.templates)
  const templates = declared(source, 'templates', read.templates, { region, namesOf })
  return {
    file,
    name: read.name,
    about: read.about ?? null,
    seed: read.seed ?? defaults.seed,
    at,
    lasts: durationMs(read.lasts ?? defaults.lasts),
    warmup: durationMs(read.warmup ?? 0),
    region,
    world: read.world ?? {},
    components: declared(source, 'components', read.components ?? {}, {
      region,
      namesOf: (key) => [key],
    }),
    templates,
    plan: (read.plan ?? []).flatMap((rule) => rulesOf(rule, at, namesOf)),
    arrivals: read.arrivals.map((each) => arrivalsOf(each, keys.flatMap(namesOf), namesOf)),
    limits: limitsOf(read.limits ?? {}),
    stop: { precision: 0.02, least: 10, most: 100, ...read.stop },
    goal: read.goal === undefined ? null : durationMs(read.goal),
    sweep: read.sweep === undefined ? null : sweepOf(read.sweep, read.plan ?? [], namesOf),
  }
}

function declared(
  source: Source,
  section: 'components' | 'templates',
  given: Readonly<Record<string, unknown>>,
  { region, namesOf }: { region: string; namesOf: (key: string) => readonly string[] },
): ReadonlyMap<string, Declared> {
  const entries = Object.entries(given).flatMap(([key, parameters]) => {
    const place = positionOf(source, [section, key], 'key')
    const own = parameters as Parameters
    return namesOf(key).map((name) => {
      // Names of one kind of template must differ; those that are given stay where there is one.
      const Name = name === key ? (own['Name'] ?? key) : name.replace('#', '-')
      return [name, { ...place, parameters: { RegionId: region, ...own, Name } }] as const
    })
  })
  return new Map(entries)
}

/** A rule for each template of the kind that it names. */
function rulesOf(rule: Rule, at: number, namesOf: (key: string) => readonly string[]): Rule[] {
  if (!('task' in rule) || rule.template === undefined) return [anchored(rule, at)]
  return namesOf(rule.template).map((template) => anchored({ ...rule, template }, at))
}

function arrivalsOf(
  given: FleetFile['arrivals'][number],
  all: readonly string[],
  namesOf: (key: string) => readonly string[],
): Arrivals {
  const { start, pick = 'each', delay = null } = given
  const keys = start === undefined ? null : typeof start === 'string' ? [start] : start
  return {
    process: processOf(given),
    templates: keys === null ? all : keys.flatMap(namesOf),
    pick,
    delay,
  }
}

function processOf(given: FleetFile['arrivals'][number]): Process {
  const { at, every, from, cron, timezone = 'UTC', poisson, bursts } = given
  if (at !== undefined) {
    return { kind: 'at', times: at.map(durationMs).sort((a, b) => a - b) }
  }
  if (every !== undefined)
    return { kind: 'every', gap: durationMs(every), from: durationMs(from ?? 0) }
  if (cron !== undefined) return { kind: 'cron', pattern: cron, timezone }
  if (poisson !== undefined) return { kind: 'poisson', gap: durationMs(poisson) }
  return {
    kind: 'bursts',
    gap: durationMs(bursts?.every ?? bursts?.poisson ?? 0),
    size: bursts?.size ?? 1,
    within: durationMs(bursts?.within ?? 0),
    byChance: bursts?.poisson !== undefined,
  }
}

function limitsOf(given: NonNullable<FleetFile['limits']>): Limits {
  const { perTemplate = 1, live = 'none', copiesPerRegion = 5 } = given
  const { imagesPerRegion = 'none', imagesKept = 'none' } = given
  const known = (limit: number | 'none') => (limit === 'none' ? null : limit)
  return {
    perTemplate: known(perTemplate),
    live: known(live),
    copiesPerRegion: known(copiesPerRegion),
    imagesPerRegion: known(imagesPerRegion),
    imagesKept: known(imagesKept),
  }
}

function valuesOf({ values, from = 0, to = 0, points = 6 }: NonNullable<FleetFile['sweep']>) {
  if (values !== undefined) return values
  // Rounded, so that 1.1 is not written 1.1000000000000001.
  return Array.from({ length: points }, (_, n) =>
    Number((from + ((to - from) * n) / (points - 1)).toPrecision(12)),
  )
}

function sweepOf(
  given: NonNullable<FleetFile['sweep']>,
  plan: readonly Rule[],
  namesOf: (key: string) => readonly string[],
): Sweep {
  const { slower, limit, probability } = given
  const values = valuesOf(given)
  if (slower !== undefined) {
    const title = given.title ?? `${slower}, times slower`
    return { title, values, what: { kind: 'slower', task: slower } }
  }
  if (limit !== undefined) {
    return { title: given.title ?? `limit ${limit}`, values, what: { kind: 'limit', limit } }
  }
  if (probability === undefined) {
    return { title: given.title ?? 'starts, times as many', values, what: { kind: 'busier' } }
  }
  // Rules before it that name a repeated template have become several.
  const counts = plan.slice(0, probability).map((each) => rulesOf(each, 0, namesOf).length)
  const end = counts.reduce((sum, count) => sum + count, 0)
  const rules = Array.from({ length: counts.at(-1) ?? 0 }, (_, n) => end - 1 - n)
  const title = given.title ?? `probability of rule ${probability}`
  return { title, values, what: { kind: 'probability', rules } }
}
