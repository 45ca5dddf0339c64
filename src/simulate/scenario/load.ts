import { anchored } from '../plan/anchor.js'
import type { Rule } from '../plan/rule.js'
import { type Problem, problemsOf, read } from '../plan/problems.js'
import { buildStep } from './build.js'
import type { Mistake } from './error.js'
import { scenarioError } from './messages.js'
import { enough, type Names, resolveNames } from './names.js'
import { positionOf } from './positions.js'
import { type Head, headSchema } from './schema.js'
import { isMapping, readSource, type Source } from './source.js'
import { type Kind, kindOf, recognise, type Recognised, schemaOf, type Written } from './steps.js'
import type { Declared, Parameters, Scenario, Step, Target } from './types.js'
import { worldProblems } from './worlds.js'

/** What a scenario has that does not say otherwise. */
const defaults = { seed: 1, at: '2026-01-05T02:00:00Z', region: 'cn-hangzhou' }

/**
 * Reads a scenario, in YAML or JSON. Pure: `fileName` is for messages only.
 *
 * @throws ScenarioError with up to ten mistakes, each with line, column and, where there is one, the
 *   nearest legal word
 */
export function loadScenario(text: string, fileName: string): Scenario {
  const fail = (mistakes: readonly Mistake[]) => scenarioError(fileName, text, mistakes)
  const source = readSource(text)
  if (!('document' in source)) throw fail(source)
  if (!isMapping(source)) {
    throw fail([{ line: 1, column: 1, message: 'a scenario is a mapping with name and steps' }])
  }
  const { problems, draft } = check(source)
  if (problems.length > 0 || draft === undefined) throw fail(problems.map(inFile(source)))
  const scenario = build(source, fileName, draft)
  const unfit = worldProblems(scenario)
  if (unfit.length > 0) throw fail(unfit.map(inFile(source)))
  return scenario
}

function inFile(source: Source): (problem: Problem) => Mistake {
  return ({ path, at, message }) => ({ ...positionOf(source, path, at), message })
}

/** A scenario that has passed every check of its shape and names. */
interface Draft {
  readonly head: Head
  readonly steps: readonly { readonly kind: Kind; readonly written: Written[Kind] }[]
  readonly names: Names
}

function check({ value }: Source): { problems: readonly Problem[]; draft: Draft | undefined } {
  const raw = value as Readonly<Record<string, unknown>>
  const head = read(headSchema, value)
  const recognised = Array.isArray(raw['steps']) ? raw['steps'].map(recognise) : []
  const names = resolveNames({
    templates: keysOf(raw['templates']),
    components: keysOf(raw['components']),
    plan: raw['plan'],
    ids: raw['ids'],
    steps: recognised,
  })
  const problems = head.success ? [] : problemsOf(head.error, [])
  const steps: Draft['steps'][number][] = []
  for (const [index, step] of recognised.entries()) {
    if (problems.length > enough) break
    const checked = checkStep(step, index)
    if ('problems' in checked) problems.push(...checked.problems.slice(0, enough))
    else steps.push(checked)
  }
  const all = [...problems, ...names.problems]
  return { problems: all, draft: head.success ? { head: head.data, steps, names } : undefined }
}

function checkStep(
  { verb, fields, wrong }: Recognised,
  index: number,
): Draft['steps'][number] | { problems: Problem[] } {
  const at = ['steps', index]
  if (wrong !== undefined || verb === undefined) {
    const path = wrong?.key == null ? at : [...at, wrong.key]
    return { problems: [{ path, at: 'key', message: wrong?.message ?? 'not a step' }] }
  }
  const kind = kindOf(verb, fields)
  const result = read(schemaOf(kind), fields)
  if (!result.success) return { problems: problemsOf(result.error, at) }
  return { kind, written: result.data as Written[Kind] }
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}

function build(source: Source, file: string, { head, steps, names }: Draft): Scenario {
  const region = head.region ?? defaults.region
  const components = declared(source, 'components', head.components ?? {}, region)
  const templates = declared(source, 'templates', head.templates ?? {}, region)
  const target = (key: string): Target => ({
    is: templates.has(key) ? 'template' : 'component',
    key,
  })
  const at = Date.parse(head.at ?? defaults.at)
  const rule = (written: Rule) => anchored(withTemplateName(written, templates), at)
  const built = steps.map(({ kind, written }, index) => {
    const place = positionOf(source, ['steps', index], 'value')
    const started = names.started.get(index) ?? null
    return buildStep(kind, written, { place, started, target, rule })
  })
  return {
    file,
    name: head.name,
    about: head.about ?? null,
    seed: head.seed ?? defaults.seed,
    at,
    region,
    world: head.world ?? {},
    ids: { components: {}, templates: {}, executions: {}, ...head.ids },
    components,
    templates,
    plan: (head.plan ?? []).map(rule),
    before: [...components.keys(), ...templates.keys()].map(target).filter(notCreatedBy(built)),
    steps: built,
    explore: head.explore ?? {},
  }
}

function declared(
  source: Source,
  section: 'components' | 'templates',
  given: Readonly<Record<string, unknown>>,
  region: string,
): ReadonlyMap<string, Declared> {
  return new Map(
    Object.entries(given).map(([key, parameters]) => {
      const place = positionOf(source, [section, key], 'key')
      const all = { RegionId: region, Name: key, ...(parameters as Parameters) }
      return [key, { ...place, parameters: all }]
    }),
  )
}

/** In a scenario a rule names its template by key, as steps do; in a plan, by Name. */
function withTemplateName(rule: Rule, templates: ReadonlyMap<string, Declared>): Rule {
  if (!('task' in rule) || rule.template === undefined) return rule
  const name = templates.get(rule.template)?.parameters['Name']
  return typeof name === 'string' ? { ...rule, template: name } : rule
}

function notCreatedBy(steps: readonly Step[]): (target: Target) => boolean {
  const keys = new Set(steps.map((step) => (step.kind === 'create' ? step.target.key : null)))
  return ({ key }) => !keys.has(key)
}
