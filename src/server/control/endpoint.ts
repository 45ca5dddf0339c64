import type { z } from 'zod'
import type { Running, Service } from '../service.js'

/** What an endpoint works on. */
export interface Call<Path extends string, Query, Body> {
  readonly service: Service
  readonly running: Running
  /** The parts of the path that stand in braces. */
  readonly path: { readonly [P in Names<Path>]: string }
  readonly query: Query
  readonly body: Body
  readonly header: (name: string) => string | undefined
}

type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never

type Output<S> = S extends z.ZodType ? z.output<S> : undefined

/** One endpoint of the control API: its check, its description and its work. */
export interface Endpoint<
  Path extends string = string,
  Query extends z.ZodType | undefined = z.ZodType | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below `/_bakeline`: `/executions/{id}`. */
  readonly path: Path
  /** Its name for generated clients. */
  readonly name: string
  readonly summary: string
  readonly query?: Query
  readonly body?: Body
  /** What the description says of the body, where the endpoint's own code checks it. */
  readonly describes?: z.ZodType
  /** The shape of a good answer, or what it is when it is no JSON; absent: 204 without a body. */
  readonly answer?: z.ZodType | { readonly contentType: string; readonly says: string }
  /** What it refuses beside a bad body: `404 NOT_FOUND`, and when. */
  readonly refusals?: readonly (readonly [status: number, code: string, when: string])[]
  /** True: no reset waits for it, as it puts another state in place of what runs, or touches none. */
  readonly alone?: boolean
  /** A value for JSON, a whole response, or nothing. */
  run(call: Call<Path, Output<Query>, Output<Body>>): Promise<unknown>
}

/** An endpoint among others: whoever calls it gives it what its own schemas have read. */
export type AnyEndpoint = Omit<Endpoint, 'run'> & {
  run(call: Call<string, never, never>): Promise<unknown>
}

/** Declares an endpoint and keeps the types of what it is given. */
export function endpoint<
  const Path extends string,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(declared: Endpoint<Path, Query, Body>): AnyEndpoint {
  return declared as unknown as AnyEndpoint
}
