import type { ExecutionInput } from '../../../machines/execution-context.js'
import { BakelineError } from '../../core/errors.js'
import { initEvent } from '../../core/history.js'
import type { Component } from '../../imagebuilder/rows.js'
import { defaultWorld } from '../../imagebuilder/world/default.js'
import { editWorld } from '../../imagebuilder/world/edit.js'
import type { World, WorldPatch } from '../../imagebuilder/world/types.js'
import { type Retold, retell } from './attempts.js'
import { type End, endOf } from './ends.js'
import { exactDuration } from './exact.js'
import { inOrderOfIds } from './ids.js'
import { distinct } from './keys.js'
import type { DoneItem, Observed, ObservedAttempt, ObservedRun } from './observed.js'
import { type RecordedRule, rulesFor } from './rules.js'
import { type RecordedTemplate, templateOfInput, templateOfRow } from './templates.js'
import type { Ids } from '../scenario/types.js'
import { worldPatchOf } from './world-patch.js'

/** A scenario as it is written: plain data, in the order of the file. */
export interface Recorded {
  readonly name: string
  readonly about: string
  readonly seed?: number
  readonly at: string
  readonly region?: string
  readonly world?: WorldPatch
  readonly ids?: Partial<Ids>
  readonly components?: Readonly<Record<string, object>>
  readonly templates: Readonly<Record<string, object>>
  readonly plan?: readonly RecordedRule[]
  readonly steps: readonly RecordedStep[]
}

export type RecordedStep = Readonly<Record<string, unknown>>

/** A run with everything that the steps about it need. */
interface Take {
  readonly run: ObservedRun
  readonly retold: Retold
  /** Its attempts, those of later too where the run is a part of one. */
  readonly attempts: Retold['attempts']
  readonly end: End
  readonly input: ExecutionInput
  readonly startedAt: number
  /** The key of its template, and its own name in the scenario. */
  readonly key: string
  readonly name: string
}

/** What a caller did, by the event that it became. */
const calledBy: Readonly<Record<string, 'start' | 'cancel'>> = {
  [initEvent]: 'start',
  CANCEL: 'cancel',
}

interface Call {
  readonly n: number
  readonly at: number
  readonly take: Take
  readonly kind: 'start' | 'cancel'
}

/** So many runs make a scenario that people can still read; more are for a plan. */
const mostRuns = 500

/**
 * A scenario that goes as executions went: the same records at the same times.
 *
 * @throws BakelineError `INVALID_INPUT` for runs that no scenario can repeat, or too many of them
 */
export function scenarioOf(observed: Observed): Recorded {
  return new Recorder(observed).scenario()
}

const region = 'cn-hangzhou'

class Recorder {
  readonly #observed: Observed
  readonly #takes: readonly Take[]
  readonly #templates = new Map<string, RecordedTemplate>()
  readonly #keys = new Map<string, string>()
  readonly #components: ReadonlyMap<string, Component>
  readonly #world: World
  readonly #patch: WorldPatch
  /** Images and families that the runs make: what is built from them cannot be declared before. */
  readonly #made: ReadonlySet<string>

  constructor(observed: Observed) {
    this.#observed = observed
    const { runs } = observed
    if (runs.length === 0) throw refused('there is no execution to record')
    if (runs.length > mostRuns) {
      throw refused(
        `${runs.length} executions are too many for a scenario (at most ${mostRuns}): name some of ` +
          'them, or let them become a plan (--as-plan)',
      )
    }
    const told = runs.map((run) => ({ run, retold: retell(run) }))
    const inputs = told.map(({ retold }) => inputOf(retold))
    refuseAccounts(inputs)
    const keyOf = distinct('-')
    const components = inOrderOfIds(observed.components, observed.seed, (each) => {
      return { id: each.ImageComponentId, kind: `component/${each.Region}` }
    })
    this.#components = new Map(components.map((each) => [keyOf(each.Name), each]))
    for (const template of this.#templatesOf(inputs)) {
      this.#templates.set(template.id, template)
      this.#keys.set(template.id, keyOf(template.name))
    }
    const nameOf = distinct('#')
    this.#takes = told.map(({ run, retold }, index) => {
      const input = inputs[index] as ExecutionInput
      const key = this.#keys.get(input.templateId) as string
      const startedAt = (retold.steps[0] as Retold['steps'][number]).record.at
      const name = nameOf(key)
      const { attempts } = run.whole === undefined ? retold : retell(run.whole)
      return {
        run,
        retold,
        attempts,
        end: endOf(retold, this.#begun(run)),
        input,
        startedAt,
        key,
        name,
      }
    })
    this.#patch = this.#worldPatch()
    this.#world = observed.world ?? editWorld(defaultWorld, this.#patch)
    this.#made = new Set(
      inputs.flatMap(({ imageId, imageFamily, copies }) =>
        [imageId, imageFamily].concat(copies.map((copy) => copy.imageId)),
      ),
    )
  }

  /** The pause before an attempt may last until later, or end just then and not be over yet. */
  #begun({ id }: ObservedRun): (again: ObservedAttempt) => boolean {
    const { now, lastDone } = this.#observed
    return ({ task, from }) => {
      if (from !== now || lastDone === undefined) return from <= now
      return lastDone.some((item) => item.execution === id && item.id === task)
    }
  }

  scenario(): Recorded {
    const { source, seed, components } = this.#observed
    const first = this.#takes[0] as Take
    const late = this.#lateTemplates()
    const { plan, steps } = this.#steps(late)
    const runs = this.#takes.length
    return {
      name: `Recorded from ${source}`,
      about: `${runs === 1 ? 'An execution' : `${runs} executions`} as observed, to be replayed.`,
      ...(seed === null ? {} : { seed }),
      at: new Date(first.startedAt).toISOString(),
      ...(Object.keys(this.#patch).length === 0 ? {} : { world: this.#patch }),
      ids: this.#ids(),
      ...(components.length === 0 ? {} : { components: this.#declaredComponents() }),
      templates: this.#declaredTemplates(),
      ...(plan.length === 0 ? {} : { plan }),
      steps,
    }
  }

  /** The templates of the runs: as they are, or as far as an input tells of them. */
  #templatesOf(inputs: readonly ExecutionInput[]): readonly RecordedTemplate[] {
    const { templates, world, seed } = this.#observed
    const firsts = new Map([...inputs].reverse().map((input) => [input.templateId, input]))
    const found = [...firsts.values()].reverse().map((input) => {
      const row = templates.find(({ ImagePipelineId }) => ImagePipelineId === input.templateId)
      return row === undefined ? templateOfInput(input, world) : templateOfRow(row)
    })
    return inOrderOfIds(found, seed, ({ id, region }) => ({ id, kind: `template/${region}` }))
  }

  #worldPatch(): WorldPatch {
    if (this.#observed.world !== null) return worldPatchOf(this.#observed.world)
    const patches = [...this.#templates.values()].map(({ world }) => world)
    const images = patches.flatMap((patch) => patch.images ?? [])
    const types = patches.flatMap((patch) => patch.instanceTypes ?? [])
    const account = this.#takes[0]?.input.account
    return {
      ...(account === undefined || account === defaultWorld.account ? {} : { account }),
      ...(images.length === 0 ? {} : { images }),
      ...(types.length === 0 ? {} : { instanceTypes: types }),
    }
  }

  #ids(): Ids {
    const components = [...this.#components].map(([key, each]) => [key, each.ImageComponentId])
    return {
      components: Object.fromEntries(components),
      templates: Object.fromEntries([...this.#keys].map(([id, key]) => [key, id])),
      executions: Object.fromEntries(this.#takes.map(({ name, run }) => [name, run.id])),
    }
  }

  #declaredComponents(): Readonly<Record<string, object>> {
    const declared = [...this.#components].map(([key, each]) => {
      const { Name, Region, ComponentType, SystemType, ComponentVersion, Content } = each
      const place = { ...(Name === key ? {} : { Name }), ...placeOf(Region) }
      return [key, { ...place, ComponentType, SystemType, ComponentVersion, Content }]
    })
    return Object.fromEntries(declared)
  }

  #declaredTemplates(): Readonly<Record<string, object>> {
    const declared = [...this.#templates.values()].map((template) => {
      const key = this.#keys.get(template.id) as string
      const name = template.name === key ? {} : { Name: template.name }
      return [key, { ...name, ...placeOf(template.region), ...template.parameters }]
    })
    return Object.fromEntries(declared)
  }

  /** Templates built from an image that a recorded run makes first. */
  #lateTemplates(): Set<string> {
    const late = [...this.#templates.values()].filter(({ parameters }) =>
      this.#made.has(String(parameters['BaseImage'])),
    )
    return new Set(late.map(({ id }) => this.#keys.get(id) as string))
  }

  #steps(late: Set<string>): { plan: readonly RecordedRule[]; steps: readonly RecordedStep[] } {
    const plan: RecordedRule[] = []
    const steps: RecordedStep[] = []
    const rules: RecordedRule[] = []
    const begun = new Set<string>()
    let now = (this.#takes[0] as Take).startedAt
    for (const { at, take, kind } of this.#calls()) {
      if (at > now) steps.push({ advance: exactDuration(at - now) })
      now = at
      if (kind === 'cancel') {
        steps.push({ cancel: take.name })
        continue
      }
      const more = this.#rules(take, rules)
      rules.push(...more)
      if (late.delete(take.key)) steps.push({ create: take.key })
      if (!begun.has(take.key)) plan.push(...more)
      else if (more.length > 0) steps.push({ plan: more })
      begun.add(take.key)
      steps.push({ start: take.key, ...(take.name === take.key ? {} : { as: take.name }) })
    }
    steps.push(...this.#lastMoves(now), ...this.#takes.map(expectation))
    return { plan, steps }
  }

  /** What callers did, in the order in which it was done. */
  #calls(): readonly Call[] {
    const calls = this.#takes.flatMap((take) =>
      take.retold.steps.flatMap(({ event, record: { n, at } }): Call[] => {
        const kind = calledBy[event.type]
        return kind === undefined ? [] : [{ n, at, take, kind }]
      }),
    )
    return calls.sort((a, b) => a.n - b.n)
  }

  #rules({ attempts, key }: Take, before: readonly RecordedRule[]): readonly RecordedRule[] {
    const template = this.#templates.size > 1 ? key : null
    return rulesFor({ attempts, template, before, world: this.#world })
  }

  /** Waits for what has ended, or moves time to where the observation ended. */
  #lastMoves(now: number): readonly RecordedStep[] {
    const { lastDone } = this.#observed
    if (lastDone !== undefined) return this.#lastInstant(now, lastDone)
    if (this.#takes.every(({ end }) => end.ended)) {
      const inOrder = [...this.#takes].sort((a, b) => a.end.at - b.end.at)
      return inOrder.filter(({ end }) => end.at > now).map(({ name }) => ({ wait: name }))
    }
    const rest = this.#observed.now - now
    return rest > 0 ? [{ advance: exactDuration(rest) }] : []
  }

  /** Moves time to just before the last instant, and does one by one what had been done of it. */
  #lastInstant(now: number, done: readonly DoneItem[]): readonly RecordedStep[] {
    const rest = this.#observed.now - 1 - now
    const names = new Map(this.#takes.map(({ run, name }) => [run.id, name]))
    return [
      ...(rest > 0 ? [{ advance: exactDuration(rest) }] : []),
      ...done.map(({ execution, id }) => ({ next: names.get(execution) ?? execution, task: id })),
    ]
  }
}

function inputOf({ steps }: Retold): ExecutionInput {
  return steps[0]?.event['input'] as unknown as ExecutionInput
}

function placeOf(RegionId: string): { readonly RegionId?: string } {
  return RegionId === region ? {} : { RegionId }
}

/** Everybody in a scenario calls with the world's one account. */
function refuseAccounts(inputs: readonly ExecutionInput[]): void {
  const accounts = [...new Set(inputs.map(({ account }) => account))]
  if (accounts.length < 2) return
  throw refused(
    `the executions are of ${accounts.length} accounts (${accounts.join(', ')}); a scenario has one ` +
      'caller: name executions of one account',
  )
}

function refused(message: string): BakelineError {
  return new BakelineError('INVALID_INPUT', message)
}

function expectation({ name, end, input }: Take): RecordedStep {
  const { status, error, visited, images, shared, attempts, lasted, ended } = end
  const full = <T extends object>(field: string, value: T) =>
    Object.keys(value).length === 0 ? {} : { [field]: value }
  return {
    expect: name,
    status,
    error: error === '' ? 'none' : error,
    visited,
    ...full('images', images),
    ...(input.accounts.length === 0 ? {} : full('shared', shared)),
    ...full('attempts', attempts),
    ...(ended ? { lasted: exactDuration(lasted) } : {}),
  }
}
