import type { Wall } from '../core/ports.js'
import type { Transaction } from '../engine/transaction.js'
import { EcsError } from '../imagebuilder/errors.js'
import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import { worldOf } from '../imagebuilder/world-setting.js'
import type { Caller } from './access/access-keys.js'
import { authorize } from './access/authorize.js'
import { type Nonces, nonceMemory } from './access/nonces.js'
import { verify } from './access/verify.js'
import { accessRequests } from './authority.js'
import { type FaultEffect, Faults } from './faults/faults.js'
import { type FindOperation, operationFinder } from './find-operation.js'
import type { Answer, AnyOperation, Pages, Prepared } from './operation.js'
import { operations as every } from './operations/index.js'
import { fileTokens } from './page-secret.js'
import { type Principals, principals } from './principals.js'
import { Polls } from './progression/polls.js'
import { Progressions } from './progression/progressions.js'
import { requestIds } from './request-ids.js'
import { Throttle } from './throttle.js'
import { told } from './told.js'
import { type Answer as WireAnswer, failure, success } from './wire/answer.js'
import { ownParameters } from './wire/common-parameters.js'
import type { Parameters } from './wire/decode.js'
import {
  formatOf,
  headerOf,
  type RawRequest,
  readRequest,
  type WireRequest,
} from './wire/request.js'
import { unflatten } from './wire/unflatten.js'

export interface GatewayOptions {
  readonly builder: ImageBuilder
  /** For latencies; requests bring their own time. */
  readonly wall: Wall
  /** Where troubles of our own go, without anything of the request but its action. */
  readonly log?: (...line: unknown[]) => void
  /** Told of every answer, and of every connection that is dropped. */
  readonly observe?: (request: Observed) => void
  /** Faults and throttling as those have it whose place this takes; none when absent. */
  readonly keeping?: Pick<Gateway, 'faults' | 'throttle'>
  /** Told when a fault lets the process die. */
  readonly crash?: () => void
  /** What is spoken; every operation when absent. */
  readonly operations?: readonly AnyOperation[]
}

/** What became of a request, for metrics. */
export interface Observed {
  readonly requestId: string
  /** '' until the action is known to be one of ours, so that callers cannot make up names. */
  readonly action: string
  /** '' until the caller was let in. */
  readonly account: string
  /** HTTP; null when the connection is dropped. */
  readonly status: number | null
  /** '' for a success. */
  readonly code: string
}

/** A request that was read and whose caller was let in. */
interface Admitted {
  readonly request: WireRequest
  readonly operation: AnyOperation
  readonly action: string
  readonly caller: Caller
  /** Without those of the gateway. */
  readonly parameters: Parameters
  /** '' when the request names none. */
  readonly region: string
}

/**
 * The service on the wire, without a socket: a request's bytes in, an answer's bytes out. Checks come
 * in this order: what cannot be read, version and action, time, nonce, key, signature, throttling and
 * faults, parameters, RAM, and then what the operation itself decides.
 */
export class Gateway {
  /** Set at run time; kept in this process alone. */
  readonly faults: Faults
  /** Set at run time; kept in this process alone. */
  readonly throttle: Throttle
  /** How executions move on; kept in the file. */
  readonly progression: Progressions

  readonly #options: GatewayOptions
  readonly #find: FindOperation
  readonly #requestId: () => string
  readonly #nonces: Nonces = nonceMemory()
  readonly #tokens = fileTokens()
  readonly #polls = new Polls()
  #looking: Promise<Principals> | null = null
  #dead = false

  private constructor(options: GatewayOptions, seed: string | null) {
    this.#options = options
    this.#find = operationFinder(options.operations ?? every)
    this.#requestId = requestIds(seed)
    this.faults = options.keeping?.faults ?? new Faults(seed ?? this.#requestId())
    this.throttle = options.keeping?.throttle ?? new Throttle()
    this.progression = new Progressions(options.builder.engine)
  }

  /** Opens the gateway of a file; its ids and draws follow from the file's seed where it has one. */
  static async open(options: GatewayOptions): Promise<Gateway> {
    const seed = await options.builder.engine.read((reader) => reader.setting('seed') ?? null)
    return new Gateway(options, seed)
  }

  /** Answers a request; `drop` means to close its connection without an answer. Never rejects. */
  async handle(raw: RawRequest): Promise<WireAnswer | 'drop'> {
    const requestId = this.#requestId()
    const seen = { requestId, action: '', account: '' }
    let operation: AnyOperation | null = null
    let effect: FaultEffect = { latency: 0 }
    let answer: WireAnswer
    let code = ''
    try {
      const request = readRequest(raw)
      operation = this.#find(request.version, request.action)
      seen.action = request.action
      const admitted = this.#admit(request, operation, await this.#principals())
      seen.account = admitted.caller.account
      this.throttle.count(admitted, raw.receivedAt)
      effect = this.faults.strike(admitted)
      const fields = await this.#struck(admitted, effect)
      answer = success(request.format, { action: request.action, requestId }, fields)
    } catch (error) {
      const known = told(error)
      if (known.ours && !this.#dead)
        this.#log(`${seen.action || 'a request'} ${requestId} failed:`, error)
      code = known.error.code
      const product = operation?.product ?? 'Ecs'
      const about = { requestId, hostId: hostOf(raw, product), product }
      answer = failure(formatOf(raw), known.error, about)
    }
    if (effect.crash === true) this.die()
    const dropped = effect.drop !== undefined || this.#dead
    const { action, account } = seen
    this.#observe({ requestId, action, account, status: dropped ? null : answer.status, code })
    return dropped ? 'drop' : answer
  }

  /** Answers nobody any more: its process has died. */
  die(): void {
    if (this.#dead) return
    this.#dead = true
    this.#options.crash?.()
  }

  #admit(request: WireRequest, operation: AnyOperation, { keys, account }: Principals): Admitted {
    const caller = verify(request, { keys, account, nonces: this.#nonces })
    const parameters = ownParameters(request.parameters)
    const region = parameters.get('RegionId') ?? ''
    return { request, operation, action: request.action, caller, parameters, region }
  }

  /**
   * Who there is in the world, looked at once for all requests of one turn of the event loop: when the
   * last of them is there, so that none sees an older world than it would have seen alone.
   */
  #principals(): Promise<Principals> {
    this.#looking ??= this.#look()
    return this.#looking
  }

  async #look(): Promise<Principals> {
    const { engine } = this.#options.builder
    try {
      await engine.gathered()
    } finally {
      this.#looking = null
    }
    return engine.read((reader) => principals(worldOf(reader)))
  }

  /** Runs a request with what a fault does to it. What is to be dropped is not run, or for nothing. */
  #struck(admitted: Admitted, effect: FaultEffect): Promise<Answer> | Answer {
    const { latency, answer, drop } = effect
    if (latency > 0) {
      return this.#pause(latency).then(() => this.#struck(admitted, { ...effect, latency: 0 }))
    }
    if (answer !== undefined) throw new EcsError(answer.status, answer.code, answer.message)
    return drop === 'request' ? {} : this.#run(admitted)
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#options.wall.after(ms, resolve)
    })
  }

  #run({ request, operation, caller, parameters, region }: Admitted): Promise<Answer> {
    const { fields } = operation.request
    const prepared = operation.prepare(unflatten(fields, parameters, operation.spellings))
    return this.#options.builder.engine.transact((tx) => {
      const world = worldOf(tx)
      const { account } = caller
      if (caller.type !== 'Account') {
        const { action } = operation.access
        const resources = prepared.resources(tx)
        const sourceIp = request.remoteAddress
        const wish = { action, resources, account, world, region, sourceIp }
        authorize(caller, principals(world).policiesOf(caller), accessRequests(tx, wish))
      }
      const pages = this.#pages(tx, account, operation, prepared)
      const from = { identity: caller, authority: authorityOf(request) }
      const answer = prepared.run(tx, { caller: { account, world }, from, pages })
      this.#polls.answered(tx, request.action, answer)
      return answer
    })
  }

  #pages(
    tx: Transaction,
    account: string,
    { request: { action } }: AnyOperation,
    { parameters }: Prepared,
  ): Pages {
    const query = { account, action, parameters }
    const token = parameters['NextToken']
    return {
      cursor: typeof token === 'string' ? String(this.#tokens(tx).open(query, token)) : null,
      next: (cursor) => (cursor === null ? '' : this.#tokens(tx).seal(query, cursor)),
    }
  }

  #log(...line: unknown[]): void {
    try {
      const log = this.#options.log ?? console.error
      log(...line)
    } catch {
      // Whoever reads the log has trouble of his own; the caller gets the answer all the same.
    }
  }

  #observe(observed: Observed): void {
    try {
      this.#options.observe?.(observed)
    } catch (error) {
      this.#log(error)
    }
  }
}

/** What the client calls this server: the host it dials, or the one it asks a proxy for. */
function authorityOf({ authority, headers }: WireRequest): string {
  return authority ?? headerOf(headers, 'host') ?? ''
}

/** The service's own name as the request has it, else the one of its central endpoint. */
function hostOf({ headers }: RawRequest, product: string): string {
  const [host = ''] = (headerOf(headers, 'host') ?? '').toLowerCase().split(':', 1)
  return /^[a-z0-9.-]{1,100}\.aliyuncs\.com$/.test(host)
    ? host
    : `${product.toLowerCase()}.aliyuncs.com`
}
