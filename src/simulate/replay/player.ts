import { terminalStatuses } from '../../../machines/status.js'
import { formatDuration } from '../../core/duration.js'
import { BakelineError } from '../../core/errors.js'
import { EcsError } from '../../imagebuilder/errors.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { Crash } from '../mortal.js'
import { Calls } from '../plan/calls.js'
import { planSetting, type Rule } from '../plan/rule.js'
import { seedKey } from '../plan/simulate.js'
import {
  type CreateStep,
  type DeleteStep,
  maybe,
  type NextStep,
  type Scenario,
  type StartStep,
  type Step,
  type Target,
  type WaitStep,
} from '../scenario/types.js'
import { Chronicle } from './chronicle.js'
import { editText } from './edit-text.js'
import { checkExecution, checkTemplate } from './expect.js'
import type { Lives } from './lives.js'
import { audit, dueNext } from './moments.js'
import { refuseUsed } from './refuse-used.js'
import { Trace } from './trace.js'
import type { Beat, OpenFile, Replayed } from './types.js'
import { waitUntil } from './waiting.js'

const creating = { template: 'CreateImagePipeline', component: 'CreateImageComponent' }
const deleting = { template: 'DeleteImagePipeline', component: 'DeleteImageComponent' }

/** What a step came to, for the tree and for the trace. */
interface Played {
  readonly title: string
  readonly result: string
  readonly failures?: readonly string[]
  /** The rest of the scenario makes no sense any more. */
  readonly stop?: boolean
}

/** Plays a scenario on a file, in virtual time. */
export class Player {
  readonly #scenario: Scenario
  readonly #open: OpenFile
  readonly #trace = new Trace()
  readonly #chronicle: Chronicle
  /** The rules about calls: they are of the callers' world, so a crash changes nothing of them. */
  readonly #calls: Calls
  readonly #ids = new Map<string, string>()
  readonly #executions = new Map<string, string>()
  /** Keys of the templates of executions, by the names of these. */
  readonly #templates = new Map<string, string>()
  readonly #lives: Lives | null
  #builder: ImageBuilder

  private constructor(
    scenario: Scenario,
    open: OpenFile,
    builder: ImageBuilder,
    lives: Lives | null,
  ) {
    this.#scenario = scenario
    this.#open = open
    this.#builder = builder
    this.#lives = lives
    this.#chronicle = new Chronicle(this.#trace, scenario.at)
    this.#calls = new Calls(seedKey(String(scenario.seed)), scenario.plan)
  }

  /**
   * Plays every step, or up to the first that leaves the rest without meaning.
   *
   * @param lives what keeps the histories of its executions, for whoever looks at them
   * @throws BakelineError `INVALID_INPUT` when the file holds a run already
   */
  static async play(
    scenario: Scenario,
    open: OpenFile,
    lives: Lives | null = null,
  ): Promise<Replayed> {
    const player = new Player(scenario, open, await open(), lives)
    try {
      await refuseUsed(player.#builder)
      return await player.#play()
    } finally {
      await player.#builder.engine.close()
    }
  }

  async #play(): Promise<Replayed> {
    const { name, file, seed, at, before, steps } = this.#scenario
    const beats: Beat[] = []
    const first = before.map((target): CreateStep => {
      const { line, column } = this.#declared(target)
      return { kind: 'create', target, refused: null, line, column }
    })
    let offset = await this.#offset()
    for (const step of [...first, ...steps]) {
      if (step.kind === 'delete') await this.#lives?.look(this.#builder, this.#executions)
      const { title, result, failures = [], stop = false } = await this.#mortalStep(step)
      this.#trace.command(at + offset, title, result)
      const happenings = await this.#chronicle.follow(this.#builder)
      const { line, column } = step
      const ended = await this.#offset()
      const took = ended - offset
      beats.push({ line, column, offset, took, title, result, happenings, failures })
      offset = ended
      if (stop) break
    }
    await this.#lives?.look(this.#builder, this.#executions)
    return {
      name,
      file,
      seed,
      at,
      ok: beats.every(({ failures }) => failures.length === 0),
      beats,
      executions: this.#chronicle.executions,
      records: this.#chronicle.records,
      trace: this.#trace.lines,
      hash: this.#trace.hash(),
      ...(this.#lives === null ? {} : { lives: this.#lives.all }),
    }
  }

  /** Milliseconds of virtual time since the scenario began. */
  async #offset(): Promise<number> {
    return (await this.#builder.engine.clock()).now - this.#scenario.at
  }

  /** A step in which the process dies where the scenario says so, and the file is opened anew. */
  async #mortalStep(step: Step): Promise<Played> {
    const dies = 'dies' in step ? step.dies : undefined
    if (dies === undefined) return this.#step(step)
    await this.#builder.engine.abandon()
    this.#builder = await this.#open({ lastCommit: dies })
    const when =
      dies === 0 ? 'before its commit' : `after ${dies === 1 ? 'its commit' : `${dies} commits`}`
    try {
      const played = await this.#step(step)
      return { ...played, result: `${played.result}; the process dies ${when}` }
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      return {
        title: `${step.kind} ${subjectOf(step)}`,
        result: `no answer: the process dies ${when}`,
      }
    } finally {
      await this.#builder.engine.abandon()
      this.#builder = await this.#open()
    }
  }

  #step(step: Step): Promise<Played> {
    switch (step.kind) {
      case 'create':
        return this.#create(step)
      case 'start':
        return this.#start(step)
      case 'cancel':
        return this.#call(`cancel ${step.execution}`, step.refused, async () => {
          const RegionId = await this.#regionOf(step.execution)
          const ExecutionId = this.#execution(step.execution)
          await this.#underway('CancelImagePipelineExecution', RegionId)
          await this.#builder.cancelExecution({ RegionId, ExecutionId })
          return 'accepted'
        })
      case 'advance':
        return this.#advance(step.ms)
      case 'wait':
        return this.#wait(step)
      case 'delete':
        return this.#delete(step)
      case 'next':
        return this.#next(step)
      case 'check':
        return this.#check(step.invariants)
      case 'crash':
        return this.#crash()
      case 'edit':
        return this.#call('edit the world', null, async () => {
          await this.#builder.editWorld(step.patch)
          return editText(step.patch)
        })
      case 'plan':
        return this.#plan(step.rules)
      case 'expectExecution':
        return this.#expected(
          `expect ${step.execution}`,
          (id) => checkExecution(step, id, this.#chronicle.visited(id), this.#builder),
          this.#execution(step.execution),
        )
      case 'expectTemplate':
        return this.#expected(
          `expect template ${step.template}`,
          (id) => checkTemplate(step, id, this.#builder),
          this.#id({ is: 'template', key: step.template }),
        )
    }
  }

  /** A call that the service may refuse: by the code that the scenario names, or not at all. */
  async #call(
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

  /**
   * What the plan lets happen to a call before the service sees it.
   *
   * @throws EcsError when the plan answers in its place
   */
  async #underway(operation: string, region: string): Promise<void> {
    const { now } = await this.#builder.engine.clock()
    const { latency, refusal } = this.#calls.strike({ operation, region, at: now })
    if (latency > 0) await this.#builder.engine.advance(latency)
    if (refusal !== null) throw new EcsError(refusal.status, refusal.code, refusal.message)
  }

  #create({ target, refused }: CreateStep): Promise<Played> {
    const { is, key } = target
    return this.#call(`create ${is} ${key}`, refused, async () => {
      const { parameters } = this.#declared(target)
      await this.#underway(creating[is], this.#region(target))
      const answer =
        is === 'template'
          ? (await this.#builder.createTemplate(parameters)).ImagePipelineId
          : (await this.#builder.createComponent(parameters)).ImageComponentId
      this.#ids.set(`${is} ${key}`, answer)
      return answer
    })
  }

  #start({ template, as, token, same, refused }: StartStep): Promise<Played> {
    const named = as === null || as === template ? '' : ` as ${as}`
    const withToken = token === null ? '' : ` with token ${token}`
    const title = `start ${template}${named}${withToken}`
    return this.#call(title, refused, async () => {
      const RegionId = this.#region({ is: 'template', key: template })
      await this.#underway('StartImagePipelineExecution', RegionId)
      const { ExecutionId } = await this.#builder.startExecution({
        RegionId,
        ImagePipelineId: this.#id({ is: 'template', key: template }),
        ...(token === null ? {} : { ClientToken: token }),
      })
      if (same !== null) return this.#repeated(title, ExecutionId, same)
      const name = as ?? template
      this.#executions.set(name, ExecutionId)
      this.#templates.set(name, template)
      this.#chronicle.name(ExecutionId, name)
      return ExecutionId
    })
  }

  /** The answer to a start with a token that was used before. */
  #repeated(title: string, id: string, same: string): Played {
    if (id === this.#execution(same)) return { title, result: `${id}, which is ${same} again` }
    const failures = [`it started ${id}; ${same} (${this.#execution(same)}) was expected`]
    return { title, result: id, failures, stop: true }
  }

  async #advance(ms: number): Promise<Played> {
    await this.#builder.engine.advance(ms)
    return { title: `advance ${formatDuration(ms)}`, result: '' }
  }

  async #next({ execution, task }: NextStep): Promise<Played> {
    const { engine } = this.#builder
    const id = this.#execution(execution)
    const title = `next of ${execution}${task === null ? '' : `: ${task}`}`
    const due = await engine.read((reader) => dueNext(reader))
    const item = due.find((each) => each.execution === id && (task === null || each.id === task))
    if (item !== undefined && (await engine.doNext(item))) return { title, result: item.id }
    const names = due.map((each) => `${each.id} of ${this.#chronicle.nameOf(each.execution)}`)
    const failure = `that is not due next; ${names.length === 0 ? 'nothing' : names.join(', ')} is`
    return { title, result: 'not due', failures: [failure], stop: true }
  }

  async #check(names: readonly string[] | null): Promise<Played> {
    const executions = [...this.#executions].map(([name, id]) => {
      const template = this.#templates.get(name) ?? ''
      return { name, id, template, visited: this.#chronicle.visited(id) }
    })
    const broken = await audit(this.#builder, this.#scenario, { executions, names })
    return {
      title: names === null ? 'check' : `check ${names.join(', ')}`,
      result: broken.length === 0 ? 'holds' : 'does not hold',
      failures: broken.map(
        ({ invariant, execution, message }) =>
          `${invariant}: ${execution === null ? '' : `${execution}: `}${message}`,
      ),
    }
  }

  async #wait({ execution, until, within }: WaitStep): Promise<Played> {
    const goal = until === terminalStatuses ? 'end' : `be ${until.join(' or ')}`
    const title = `wait for ${execution} to ${goal}`
    const id = this.#execution(execution)
    const { status, gaveUp } = await waitUntil(this.#builder, id, { until, within })
    if (gaveUp === null) return { title, result: status }
    const failures = [`${execution} is ${status}, and ${gaveUp}`]
    return { title, result: status, failures, stop: true }
  }

  #delete({ target, refused }: DeleteStep): Promise<Played> {
    const { is, key } = target
    return this.#call(`delete ${is} ${key}`, refused, async () => {
      const [RegionId, id] = [this.#region(target), this.#id(target)]
      await this.#underway(deleting[is], RegionId)
      if (is === 'template') await this.#builder.deleteTemplate({ RegionId, ImagePipelineId: id })
      else await this.#builder.deleteComponent({ RegionId, ImageComponentId: id })
      return 'gone'
    })
  }

  async #crash(): Promise<Played> {
    await this.#builder.engine.abandon()
    this.#builder = await this.#open()
    const live = await this.#builder.engine.list({ live: true, limit: Number.MAX_SAFE_INTEGER })
    const names = live.map(({ id }) => this.#chronicle.nameOf(id)).reverse()
    const goOn = names.length === 0 ? 'nothing was running' : `${names.join(', ')} goes on`
    return { title: 'crash', result: `the process is gone; the file is opened anew, ${goOn}` }
  }

  async #plan(rules: readonly Rule[]): Promise<Played> {
    await this.#builder.engine.transact((tx) => {
      const old = JSON.parse(tx.setting(planSetting) ?? '[]') as Rule[]
      tx.set(planSetting, JSON.stringify([...old, ...rules]))
    })
    this.#calls.add(rules)
    const count = rules.length === 1 ? '1 rule' : `${rules.length} rules`
    return { title: 'change the plan', result: `${count} more` }
  }

  async #expected(
    title: string,
    check: (id: string) => Promise<string[]>,
    id: string,
  ): Promise<Played> {
    const failures = await check(id)
    return { title, result: failures.length === 0 ? 'as expected' : 'not as expected', failures }
  }

  #declared({ is, key }: Target) {
    const list = is === 'template' ? this.#scenario.templates : this.#scenario.components
    const declared = list.get(key)
    if (!declared) throw new Error(`the scenario declares no ${is} ${key}`)
    return declared
  }

  #region(target: Target): string {
    return String(this.#declared(target).parameters['RegionId'])
  }

  /** The id that a template or component was given; its key while it has none. */
  #id({ is, key }: Target): string {
    return this.#ids.get(`${is} ${key}`) ?? key
  }

  #execution(name: string): string {
    return this.#executions.get(name) ?? name
  }

  async #regionOf(execution: string): Promise<string> {
    const seen = await this.#builder.execution(this.#execution(execution))
    return seen?.RegionId ?? this.#scenario.region
  }
}

/** Whether a refusal is the one that a step names, or one that it puts up with. */
function isMeant(code: string, refused: string | null): boolean {
  return code === refused || (refused === maybe && code.startsWith('InvalidStatus.'))
}

/** What a call is about, by its name in the scenario. */
function subjectOf(step: Step): string {
  if ('execution' in step) return step.execution
  if ('template' in step) return step.template
  return 'target' in step ? step.target.key : ''
}
