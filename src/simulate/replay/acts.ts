import { BakelineError } from '../../core/errors.js'
import { EcsError } from '../../imagebuilder/errors.js'
import { imageIdOf } from '../../imagebuilder/ids.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { Calls } from '../plan/calls.js'
import type { Rule } from '../plan/rule.js'
import { seedKey } from '../plan/simulate.js'
import {
  type CancelStep,
  type CreateStep,
  type DeleteImageStep,
  type DeleteStep,
  type EditStep,
  maybe,
  type Scenario,
  type StartStep,
} from '../scenario/types.js'
import type { Cast } from './cast.js'
import { editText } from './edit-text.js'
import type { Played } from './types.js'

const creating = { template: 'CreateImagePipeline', component: 'CreateImageComponent' }
const deleting = { template: 'DeleteImagePipeline', component: 'DeleteImageComponent' }

/** A step that is a call, which the service may refuse. */
export type Act = CreateStep | StartStep | CancelStep | DeleteStep | DeleteImageStep | EditStep

/** What callers do: the calls of a scenario, each answered as the step wants it or not. */
export class Acts {
  readonly #scenario: Scenario
  readonly #cast: Cast
  /** The rules about calls: they are of the callers' world, so a crash changes nothing of them. */
  readonly #calls: Calls

  constructor(scenario: Scenario, cast: Cast) {
    this.#scenario = scenario
    this.#cast = cast
    this.#calls = new Calls(seedKey(String(scenario.seed)), scenario.plan)
  }

  addRules(rules: readonly Rule[]): void {
    this.#calls.add(rules)
  }

  perform(builder: ImageBuilder, act: Act): Promise<Played> {
    switch (act.kind) {
      case 'create':
        return this.#create(builder, act)
      case 'start':
        return this.#start(builder, act)
      case 'cancel':
        return this.#cancel(builder, act)
      case 'delete':
        return this.#delete(builder, act)
      case 'deleteImage':
        return this.#deleteImage(builder, act)
      case 'edit':
        return answered('edit the world', null, async () => {
          await builder.editWorld(act.patch)
          return editText(act.patch)
        })
    }
  }

  /**
   * What the plan lets happen to a call before the service sees it.
   *
   * @throws EcsError when the plan answers in its place
   */
  async #underway({ engine }: ImageBuilder, operation: string, region: string): Promise<void> {
    const { now } = await engine.clock()
    const { latency, refusal } = this.#calls.strike({ operation, region, at: now })
    if (latency > 0) await engine.advance(latency)
    if (refusal !== null) throw new EcsError(refusal.status, refusal.code, refusal.message)
  }

  #create(builder: ImageBuilder, { target, refused }: CreateStep): Promise<Played> {
    const { is, key } = target
    return answered(`create ${is} ${key}`, refused, async () => {
      const { parameters } = this.#cast.declared(target)
      await this.#underway(builder, creating[is], this.#cast.regionOf(target))
      const answer =
        is === 'template'
          ? (await builder.createTemplate(parameters)).ImagePipelineId
          : (await builder.createComponent(parameters)).ImageComponentId
      this.#cast.created(target, answer)
      return answer
    })
  }

  #start(builder: ImageBuilder, { template, as, token, same, refused }: StartStep) {
    const named = as === null || as === template ? '' : ` as ${as}`
    const withToken = token === null ? '' : ` with token ${token}`
    const title = `start ${template}${named}${withToken}`
    return answered(title, refused, async () => {
      const target = { is: 'template', key: template } as const
      const RegionId = this.#cast.regionOf(target)
      await this.#underway(builder, 'StartImagePipelineExecution', RegionId)
      const { ExecutionId } = await builder.startExecution({
        RegionId,
        ImagePipelineId: this.#cast.id(target),
        ...(token === null ? {} : { ClientToken: token }),
      })
      if (same !== null) return this.#repeated(title, ExecutionId, same)
      this.#cast.started(as ?? template, template, ExecutionId)
      return ExecutionId
    })
  }

  /** The answer to a start with a token that was used before. */
  #repeated(title: string, id: string, same: string): Played {
    const wanted = this.#cast.execution(same)
    if (id === wanted) return { title, result: `${id}, which is ${same} again` }
    const failures = [`it started ${id}; ${same} (${wanted}) was expected`]
    return { title, result: id, failures, stop: true }
  }

  #cancel(builder: ImageBuilder, { execution, refused }: CancelStep): Promise<Played> {
    return answered(`cancel ${execution}`, refused, async () => {
      const ExecutionId = this.#cast.execution(execution)
      const seen = await builder.execution(ExecutionId)
      const RegionId = seen?.RegionId ?? this.#scenario.region
      await this.#underway(builder, 'CancelImagePipelineExecution', RegionId)
      await builder.cancelExecution({ RegionId, ExecutionId })
      return 'accepted'
    })
  }

  #delete(builder: ImageBuilder, { target, refused }: DeleteStep): Promise<Played> {
    const { is, key } = target
    return answered(`delete ${is} ${key}`, refused, async () => {
      const [RegionId, id] = [this.#cast.regionOf(target), this.#cast.id(target)]
      await this.#underway(builder, deleting[is], RegionId)
      if (is === 'template') await builder.deleteTemplate({ RegionId, ImagePipelineId: id })
      else await builder.deleteComponent({ RegionId, ImageComponentId: id })
      return 'gone'
    })
  }

  #deleteImage(builder: ImageBuilder, { execution, region, refused }: DeleteImageStep) {
    return answered(`delete image of ${execution} in ${region}`, refused, async () => {
      const ImageId = imageIdOf(this.#cast.execution(execution), region)
      await this.#underway(builder, 'DeleteImage', region)
      await builder.deleteImage({ RegionId: region, ImageId })
      this.#cast.imageRemoved(execution, region)
      return 'gone'
    })
  }
}

/** A call that the service may refuse: by the code that the scenario names, or not at all. */
async function answered(
  title: string,
  refused: string | null,
  run: () => Promise<string | Played>,
): Promise<Played> {
  try {
    const answer = await run()
    const played = typeof answer === 'string' ? { title, result: answer } : answer
    if (refused === null || refused === maybe) return played
    return { ...played, failures: [`it was accepted; ${refused} was expected`], stop: true }
  } catch (error) {
    // The machine itself failed, which only another version than the one that ships does.
    if (error instanceof BakelineError) {
      return { title, result: `failed: ${error.code}`, failures: [error.message], stop: true }
    }
    if (!(error instanceof EcsError)) throw error
    const result = `${error.status} ${error.code}`
    if (isMeant(error.code, refused)) return { title, result: `refused: ${result}` }
    const wanted = refused === null ? 'it was to succeed' : `${refused} was expected`
    const failure = `refused with ${result}: ${error.message} (${wanted})`
    return { title, result: `refused: ${result}`, failures: [failure], stop: true }
  }
}

/** Whether a refusal is the one that a step names, or one that it puts up with. */
function isMeant(code: string, refused: string | null): boolean {
  return code === refused || (refused === maybe && code.startsWith('InvalidStatus.'))
}
