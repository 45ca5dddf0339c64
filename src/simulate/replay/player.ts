import { terminalStatuses } from '../../../machines/status.js'
import { formatDuration } from '../../core/duration.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { Crash } from '../mortal.js'
import { planSetting, type Rule } from '../plan/rule.js'
import type { CreateStep, NextStep, Scenario, Step, WaitStep } from '../scenario/types.js'
import { type Act, Acts } from './acts.js'
import { Cast } from './cast.js'
import { Chronicle } from './chronicle.js'
import { checkExecution, checkTemplate } from './expect.js'
import type { Lives } from './lives.js'
import { audit, dueNext } from './moments.js'
import { refuseUsed } from './refuse-used.js'
import { Trace } from './trace.js'
import type { Beat, OpenFile, Played, Replayed } from './types.js'
import { waitUntil } from './waiting.js'

/** Plays a scenario on a file, in virtual time. */
export class Player {
  readonly #scenario: Scenario
  readonly #open: OpenFile
  readonly #trace = new Trace()
  readonly #chronicle: Chronicle
  readonly #cast: Cast
  readonly #acts: Acts
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
    this.#cast = new Cast(scenario)
    this.#acts = new Acts(scenario, this.#cast)
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
      const { line, column } = this.#cast.declared(target)
      return { kind: 'create', target, refused: null, line, column }
    })
    let offset = await this.#offset()
    for (const step of [...first, ...steps]) {
      if (step.kind === 'delete') await this.#lookAtLives()
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
    await this.#lookAtLives()
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

  async #lookAtLives(): Promise<void> {
    const ids = this.#cast.executions.map(({ name, id }) => [name, id] as const)
    await this.#lives?.look(this.#builder, new Map(ids))
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
      case 'start':
      case 'cancel':
      case 'delete':
      case 'deleteImage':
      case 'edit':
        return this.#act(step)
      case 'advance':
        return this.#advance(step.ms)
      case 'wait':
        return this.#wait(step)
      case 'next':
        return this.#next(step)
      case 'check':
        return this.#check(step.invariants)
      case 'crash':
        return this.#crash()
      case 'plan':
        return this.#plan(step.rules)
      case 'expectExecution':
        return this.#expected(
          `expect ${step.execution}`,
          (id) => checkExecution(step, id, this.#chronicle.visited(id), this.#builder),
          this.#cast.execution(step.execution),
        )
      case 'expectTemplate':
        return this.#expected(
          `expect template ${step.template}`,
          (id) => checkTemplate(step, id, this.#builder),
          this.#cast.id({ is: 'template', key: step.template }),
        )
    }
  }

  async #act(act: Act): Promise<Played> {
    const played = await this.#acts.perform(this.#builder, act)
    // What was started gets its name in the tree.
    for (const { name, id } of this.#cast.executions) this.#chronicle.name(id, name)
    return played
  }

  async #advance(ms: number): Promise<Played> {
    await this.#builder.engine.advance(ms)
    return { title: `advance ${formatDuration(ms)}`, result: '' }
  }

  async #next({ execution, task }: NextStep): Promise<Played> {
    const { engine } = this.#builder
    const id = this.#cast.execution(execution)
    const title = `next of ${execution}${task === null ? '' : `: ${task}`}`
    const due = await engine.read((reader) => dueNext(reader))
    const item = due.find((each) => each.execution === id && (task === null || each.id === task))
    if (item !== undefined && (await engine.doNext(item))) return { title, result: item.id }
    const names = due.map((each) => `${each.id} of ${this.#chronicle.nameOf(each.execution)}`)
    const failure = `that is not due next; ${names.length === 0 ? 'nothing' : names.join(', ')} is`
    return { title, result: 'not due', failures: [failure], stop: true }
  }

  async #check(names: readonly string[] | null): Promise<Played> {
    const executions = this.#cast.executions.map((each) => {
      return { ...each, visited: this.#chronicle.visited(each.id) }
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
    const id = this.#cast.execution(execution)
    const { status, gaveUp } = await waitUntil(this.#builder, id, { until, within })
    if (gaveUp === null) return { title, result: status }
    const failures = [`${execution} is ${status}, and ${gaveUp}`]
    return { title, result: status, failures, stop: true }
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
    this.#acts.addRules(rules)
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
}

/** What a call is about, by its name in the scenario. */
function subjectOf(step: Step): string {
  if ('execution' in step) return step.execution
  if ('template' in step) return step.template
  return 'target' in step ? step.target.key : ''
}
