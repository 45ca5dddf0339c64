import { BakelineError } from '../core/errors.js'
import type { Component, Template } from '../imagebuilder/rows.js'
import type { World } from '../imagebuilder/world/types.js'
import type { Observed, ObservedRun } from '../simulate/record/observed.js'

/** Rows of one answer; more are asked for page by page. */
const pageSize = 1_000

/** How long the server may take for one answer. */
const patienceMs = 30_000

/**
 * What a running emulator knows of executions, asked through its control API.
 *
 * @throws BakelineError `INVALID_INPUT` when nobody answers there, or somebody else
 */
export async function observeServer(address: string): Promise<Observed> {
  const server = new Server(address)
  const { now } = await server.get<{ now: string }>('/clock')
  const world = await server.get<World>('/world')
  const { templates } = await server.get<{ templates: Template[] }>('/templates')
  const { components } = await server.get<{ components: Component[] }>('/components')
  const runs: ObservedRun[] = []
  for await (const { ExecutionId, ImagePipelineId } of server.executions()) {
    runs.unshift(await server.run(ExecutionId, ImagePipelineId))
  }
  const observedAt = Date.parse(now)
  return { source: address, seed: null, now: observedAt, world, templates, components, runs }
}

interface Described {
  readonly ExecutionId: string
  readonly ImagePipelineId: string
}

interface Shown {
  readonly work: readonly {
    readonly id: string
    readonly kind: string
    readonly state: string
    readonly due: string | null
  }[]
}

interface SentRecord {
  readonly n: number
  readonly seq: number
  readonly at: string
  readonly kind: ObservedRun['records'][number]['kind']
  readonly body: object
}

class Server {
  readonly #address: string

  constructor(address: string) {
    this.#address = address.replace(/\/+$/, '')
  }

  async get<T>(path: string): Promise<T> {
    const url = `${this.#address}/_bakeline${path}`
    const answer = await fetch(url, { signal: AbortSignal.timeout(patienceMs) }).catch(
      (error: unknown) => {
        const why = error instanceof Error ? String(error.cause ?? error.message) : String(error)
        throw this.#wrong(`does not answer: ${why}`)
      },
    )
    const body = (await answer.json().catch(() => null)) as { Message?: string } | null
    if (answer.ok && body !== null) return body as T
    throw this.#wrong(
      `answers ${answer.status} to ${path}${body?.Message ? `: ${body.Message}` : ''}`,
    )
  }

  /** Newest first. */
  async *executions(): AsyncGenerator<Described> {
    let after = ''
    for (;;) {
      const path = `/executions?limit=${pageSize}${after}`
      const { executions, next } = await this.get<{
        executions: Described[]
        next: string | null
      }>(path)
      yield* executions
      if (next === null) return
      after = `&after=${encodeURIComponent(next)}`
    }
  }

  async run(id: string, template: string): Promise<ObservedRun> {
    const path = `/executions/${encodeURIComponent(id)}`
    const { work } = await this.get<Shown>(path)
    const sent: SentRecord[] = []
    for (;;) {
      const after = sent.at(-1)?.seq ?? 0
      const { records } = await this.get<{ records: SentRecord[] }>(
        `${path}/history?limit=${pageSize}&after=${after}`,
      )
      sent.push(...records)
      if (records.length < pageSize) break
    }
    const pending = work
      .filter(({ kind, state }) => kind === 'task' && state === 'running')
      .map(({ id: task, due }) => ({ task, due: due === null ? null : Date.parse(due) }))
    return { id, template, pending, records: sent.map(recordOf) }
  }

  #wrong(what: string): BakelineError {
    const hint = 'is it the address of "bakeline serve", such as http://127.0.0.1:4526?'
    return new BakelineError('INVALID_INPUT', `${this.#address} ${what}; ${hint}`)
  }
}

/** Bodies come as JSON; their text is what the file has, key by key. */
function recordOf({ n, seq, at, kind, body }: SentRecord): ObservedRun['records'][number] {
  return { n, seq, at: Date.parse(at), kind, body: JSON.stringify(body) }
}
