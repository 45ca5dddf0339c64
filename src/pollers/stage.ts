import { type ExecutionStatus, terminalStatuses } from '../../machines/status.js'
import type { Engine } from '../engine/engine.js'
import type { Gateway } from '../gateway/gateway.js'
import { EcsError } from '../imagebuilder/errors.js'
import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import type { Case } from '../simulate/pollers/cases.js'
import { ClientTimeout, type ListedImage } from '../simulate/pollers/poller.js'
import type { Deed } from '../simulate/pollers/scenario.js'
import type { Stage } from '../simulate/pollers/stage.js'
import { type Call, callerOf } from './calls.js'
import { type Happening, happeningsOf, imageName, region, stageTemplate } from './setting.js'

/** A case on a real Image Builder, through its gateway, in virtual time. */
export class LiveStage implements Stage {
  readonly imageName = imageName
  /** What was done, by the caller and by others, in order. */
  readonly deeds: Deed[] = []
  readonly #engine: Engine
  readonly #call: Call
  readonly #template: string
  readonly #began: number
  readonly #happenings: Happening[]

  private constructor(
    builder: ImageBuilder,
    call: Call,
    about: { readonly template: string; readonly began: number; readonly played: Case },
  ) {
    this.#engine = builder.engine
    this.#call = call
    this.#template = about.template
    this.#began = about.began
    const { template } = about
    this.#happenings = happeningsOf(builder, about.played, { template, deeds: this.deeds })
  }

  /** Makes the template of a case, and what is to go wrong with its calls. */
  static async set(builder: ImageBuilder, gateway: Gateway, played: Case): Promise<LiveStage> {
    const { ImagePipelineId: template } = await builder.createTemplate({
      RegionId: region,
      ...stageTemplate,
    })
    if (played.startLost) {
      gateway.faults.add({ operation: 'StartImagePipelineExecution', first: 1, drop: 'answer' })
    }
    const { now: began } = await builder.engine.clock()
    return new LiveStage(builder, callerOf(builder, gateway), { template, began, played })
  }

  async now(): Promise<number> {
    return (await this.#engine.clock()).now - this.#began
  }

  async sleep(ms: number): Promise<void> {
    const until = (await this.now()) + ms
    for (;;) {
      const next = this.#happenings[0]
      if (next === undefined || next.at > until) break
      this.#happenings.shift()
      await this.#passTo(next.at)
      await next.happen()
    }
    await this.#passTo(until)
  }

  /** A call that waited in vain may have moved the clock further already. */
  async #passTo(at: number): Promise<void> {
    await this.#engine.advanceTo(this.#began + Math.max(at, await this.now()))
  }

  async executions(): Promise<readonly string[]> {
    const query = { singletonKey: this.#template, oldestFirst: true } as const
    return (await this.#engine.list(query)).map(({ id }) => id)
  }

  async truth(
    id: string,
  ): Promise<{ readonly status: ExecutionStatus; readonly endedAt: number | null }> {
    const run = await this.#engine.get(id)
    const endedAt = run?.endedAt ?? null
    const status = run?.status as ExecutionStatus
    return { status, endedAt: endedAt === null ? null : endedAt - this.#began }
  }

  async start(token?: string): Promise<string> {
    const named = token === undefined ? {} : { ClientToken: token }
    const deed = { at: await this.now(), do: 'start', token: token ?? null } as const
    try {
      const call = { ImagePipelineId: this.#template, ...named }
      const execution = String((await this.#call('StartImagePipelineExecution', call)).ExecutionId)
      this.deeds.push({ ...deed, execution })
      return execution
    } catch (error) {
      // What was lost on its way back was done all the same.
      const lost = error instanceof ClientTimeout ? (await this.executions()).at(-1) : undefined
      this.deeds.push({ ...deed, ...(lost ? { execution: lost } : { refused: codeOf(error) }) })
      throw error
    }
  }

  async status(ExecutionId: string): Promise<ExecutionStatus | undefined> {
    const answer = await this.#call('DescribeImagePipelineExecutions', { ExecutionId })
    const { ImagePipelineExecutionSet: set } = answer.ImagePipelineExecution as {
      readonly ImagePipelineExecutionSet: readonly { readonly Status: ExecutionStatus }[]
    }
    return set[0]?.Status
  }

  async cancel(execution: string): Promise<void> {
    const deed = { at: await this.now(), do: 'cancel' } as const
    try {
      await this.#call('CancelImagePipelineExecution', { ExecutionId: execution })
      this.deeds.push({ ...deed, execution })
    } catch (error) {
      this.deeds.push({ ...deed, refused: codeOf(error) })
      throw error
    }
  }

  async images(pageSize = 10): Promise<readonly ListedImage[]> {
    const asked = { ImageOwnerAlias: 'self', PageSize: String(pageSize) }
    const answer = await this.#call('DescribeImages', asked)
    return (answer.Images as { readonly Image: readonly ListedImage[] }).Image
  }

  async toTheEnd(id: string): Promise<void> {
    while (!terminalStatuses.includes((await this.truth(id)).status)) {
      const next = this.#happenings[0]
      const wait = next === undefined ? -1 : next.at - (await this.now())
      if (wait >= 0) await this.sleep(wait)
      else if ((await this.#engine.jump()) === null) return
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof EcsError ? error.code : String(error)
}
