import type { Json } from '../core/json.js'
import type { Transaction } from '../engine/transaction.js'
import { check } from '../imagebuilder/parameters/check.js'
import type { Fault } from '../imagebuilder/parameters/fault.js'
import type { Checked, Fields, Operation, Rule } from '../imagebuilder/parameters/field.js'
import type { Caller } from '../imagebuilder/templates.js'
import type { Caller as Identity } from './access/access-keys.js'
import type { Spellings } from './wire/unflatten.js'

/** The products that share the port, with the one version of each that is spoken here. */
export const products = {
  Ecs: '2014-05-26',
  Vpc: '2016-04-28',
  Sts: '2015-04-01',
  ResourceManager: '2020-03-31',
  Location: '2015-06-12',
  BssOpenApi: '2017-12-14',
} as const

export type Product = keyof typeof products

/** What an operation answers with, beside the RequestId. */
export type Answer = { readonly [field: string]: Json }

/** One request, with its parameters checked. */
export interface Call<P> {
  readonly parameters: P
  /** The account that calls, and the world it lives in. */
  readonly caller: Caller
  readonly from: From
  /** Reads and writes NextToken: bound to the operation and to what was asked. */
  readonly pages: Pages
}

/** Where a request comes from, and whereto it went. */
export interface From {
  /** Whose key signed it. */
  readonly identity: Identity
  /** The name and port under which the client found this server. */
  readonly authority: string
}

/** The opaque tokens of one request's pages. */
export interface Pages {
  /** The cursor in the request's NextToken, or null on the first page; 403 Invalid.NextToken. */
  readonly cursor: string | null
  /** A token for what comes after; `''` when there is nothing more. */
  next(cursor: string | null): string
}

/** Who may: the RAM action and the ARNs that it is checked on. */
export interface Access<P> {
  /** `ecs:StartImagePipelineExecution` */
  readonly action: string
  /**
   * Relative ARNs such as `imagepipeline/ip-…`; region and account are filled in. Every one must be
   * allowed; none at all: RAM is not asked.
   */
  readonly resources: (parameters: P, tx: Transaction) => readonly string[]
}

/** A code of the operation's documented table. */
export interface Documented extends Fault {
  /** Why no request can get it here; absent: a test shows it. */
  readonly never?: string
}

/** An operation of the wire, declared once: validation, docs, coverage and description read this. */
export interface WireOperation<F extends Fields = Fields> {
  readonly product: Product
  readonly request: Operation<F>
  /** Older spellings of parameters: `{ 'Tag.N.key': 'Tag.N.Key' }`. */
  readonly spellings?: Spellings
  /** Whether it changes anything. */
  readonly kind: 'read' | 'write'
  readonly access: Access<Checked<F>>
  /** The documented errors that are not about parameters by themselves. */
  readonly errors: readonly Documented[]
  /** A sample of the answer, in the service's own shape: for docs and the API description. */
  readonly sample: Answer
  run(tx: Transaction, call: Call<Checked<F>>): Answer
}

/** A request whose parameters were checked: what its operation may do with them. */
export interface Prepared {
  readonly parameters: Readonly<Record<string, unknown>>
  resources(tx: Transaction): readonly string[]
  run(tx: Transaction, context: Omit<Call<unknown>, 'parameters'>): Answer
}

/**
 * Any operation, whatever its parameters: what is declared, and one way in, through which parameters
 * and operation cannot be mixed up.
 */
export interface AnyOperation
  extends Pick<WireOperation, 'product' | 'spellings' | 'kind' | 'errors' | 'sample'> {
  readonly request: Omit<Operation, 'rules'> & {
    readonly rules: readonly Pick<Rule<unknown>, 'says' | 'name' | 'fault'>[]
  }
  readonly access: Pick<Access<unknown>, 'action'>
  /**
   * Checks nested parameters in the vocabulary of the operation's table.
   *
   * @throws EcsError of the first limit that is broken
   */
  prepare(parameters: unknown): Prepared
}

/** Declares an operation and keeps the types of its parameters. */
export function wireOperation<const F extends Fields>(
  declared: WireOperation<F>,
): WireOperation<F> & Pick<AnyOperation, 'prepare'> {
  const { request, access } = declared
  return {
    ...declared,
    prepare(raw) {
      const parameters = check(request, raw)
      return {
        parameters: parameters as Readonly<Record<string, unknown>>,
        resources: (tx) => access.resources(parameters, tx),
        run: (tx, { caller, from, pages }) => declared.run(tx, { parameters, caller, from, pages }),
      }
    },
  }
}
