import type { executionMachine } from '../../../machines/execution.js'
import type { ExecutionStatus } from '../../../machines/status.js'
import type { StepRecord } from '../../core/history.js'
import type { Json } from '../../core/json.js'
import type { RecordRow } from '../../core/ports.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import type { Execution } from '../../engine/types.js'
import { type Clause, sentence } from './clauses.js'
import { tell } from './story.js'
import type { Trace } from './trace.js'
import type { Happening } from './types.js'

type Run = Execution<typeof executionMachine>

/** What is remembered of one execution, also after it was deleted. */
interface Life {
  readonly name: string
  value: Json
  readonly visited: ExecutionStatus[]
}

/** What happened to one execution at one instant. */
interface Instant {
  readonly offset: number
  readonly execution: string
  readonly clauses: Clause[]
  seq: number
}

const pageSize = 1_000

/** Follows the records of a run: into the trace, and into words. */
export class Chronicle {
  readonly #trace: Trace
  readonly #start: number
  readonly #lives = new Map<string, Life>()
  #cursor = 0
  records = 0

  constructor(trace: Trace, start: number) {
    this.#trace = trace
    this.#start = start
  }

  get executions(): number {
    return this.#lives.size
  }

  /** Gives an execution the name that the scenario has for it. */
  name(id: string, name: string): void {
    if (!this.#lives.has(id)) this.#lives.set(id, { name, value: null, visited: [] })
  }

  nameOf(id: string): string {
    return this.#lives.get(id)?.name ?? id
  }

  /** The statuses that an execution has had, in order, each once in a row. */
  visited(id: string): readonly ExecutionStatus[] {
    return this.#lives.get(id)?.visited ?? []
  }

  /** Takes in what was recorded since the last call. */
  async follow(builder: ImageBuilder): Promise<Happening[]> {
    const instants: Instant[] = []
    for (;;) {
      const page = await builder.engine.read((reader) =>
        reader.stream(this.#cursor, pageSize).map((record) => ({
          record,
          id: reader.execution(record.execution)?.id ?? '',
        })),
      )
      const runs = new Map<string, Run>()
      for (const { id } of page) {
        if (!runs.has(id)) runs.set(id, (await builder.engine.get(id)) as Run)
      }
      for (const { record, id } of page) this.#take(record, runs.get(id) as Run, instants)
      this.#cursor = page.at(-1)?.record.n ?? this.#cursor
      if (page.length < pageSize) return instants.map(told)
    }
  }

  #take(record: RecordRow, run: Run, instants: Instant[]): void {
    this.#trace.record(record, run.id)
    this.records++
    const life = this.#lives.get(run.id)
    if (!life) return
    const { clauses, status } = tell(record, {
      before: life.value,
      execution: run,
      start: this.#start,
    })
    if (record.kind === 'step') life.value = (JSON.parse(record.body) as StepRecord).value
    if (status !== null && life.visited.at(-1) !== status) life.visited.push(status)
    const instant = instantOf(instants, record.at - this.#start, life.name)
    instant.clauses.push(...clauses)
    instant.seq = record.seq
  }
}

/** The instant's entry, also when others had theirs since; records come in the order of time. */
function instantOf(instants: Instant[], offset: number, execution: string): Instant {
  for (let index = instants.length - 1; index >= 0; index--) {
    const instant = instants[index]
    if (instant?.offset !== offset) break
    if (instant.execution === execution) return instant
  }
  const fresh: Instant = { offset, execution, clauses: [], seq: 0 }
  instants.push(fresh)
  return fresh
}

function told({ offset, execution, clauses, seq }: Instant): Happening {
  return { offset, execution, text: sentence(clauses), seq }
}
