import type { Batch, ExecutionRow, Reader } from '../core/ports.js'
import type { State } from '../core/stepper.js'
import type { Definition, Registry } from './definition.js'
import { current, type Draft, loaded, restore, type RowChange, rowWith } from './draft.js'
import type { Memory } from './memory.js'
import type { Undo } from './undo.js'

/** The executions that a turn sees and changes. */
export class Drafts {
  readonly #reader: Reader
  readonly #registry: Registry
  readonly #memory: Memory
  readonly #undo: Undo
  readonly #changed = new Set<Draft>()
  #ids: ReadonlySet<string> | null = null
  /** Executions that this turn added, by their singleton keys. */
  readonly #addedByKey = new Map<string, number>()
  /** Live executions before this turn, by their singleton keys. */
  #liveByKey: Map<string, number | undefined> | null = null
  #forgotten: Set<number> | null = null

  constructor(reader: Reader, registry: Registry, memory: Memory, undo: Undo) {
    this.#reader = reader
    this.#registry = registry
    this.#memory = memory
    this.#undo = undo
  }

  /**
   * The execution of a number, or null when this process cannot work on it: it does not know the
   * machine, or the snapshot cannot be read.
   */
  get(n: number): Draft | null {
    return this.#memory.drafts.get(n) ?? this.#load(this.#reader.execution(n))
  }

  /** As `get`, of a row that was read. */
  of(row: ExecutionRow): Draft | null {
    return this.#memory.drafts.get(row.n) ?? this.#load(row)
  }

  #load(row: ExecutionRow | undefined): Draft | null {
    const definition = row && this.#registry.get(row.machine)
    const state = definition && loaded(definition, row.snapshot)
    if (!row || !definition || !state) return null
    const draft = { row, definition, state, fresh: false, stale: false }
    this.#memory.drafts.set(row.n, draft)
    this.#memory.byId.set(row.id, row.n)
    return draft
  }

  /** An execution's row by id, with what this turn did to it. */
  row(id: string): ExecutionRow | undefined {
    const drafted = this.#memory.byId.get(id)
    if (drafted !== undefined) return this.rowOf(drafted)
    const row = this.#reader.executionById(id)
    return row && !this.#forgotten?.has(row.n) ? row : undefined
  }

  /** The row of a number, with what this turn did to it. */
  rowOf(n: number): ExecutionRow | undefined {
    if (this.#forgotten?.has(n)) return undefined
    const draft = this.#memory.drafts.get(n)
    return draft ? current(draft) : this.#reader.execution(n)
  }

  /** The live execution of a key, with what this turn did to it. */
  live(singletonKey: string): ExecutionRow | undefined {
    const numbers = [this.#addedByKey.get(singletonKey), this.#storedLive(singletonKey)]
    const rows = numbers.map((n) => (n === undefined ? undefined : this.rowOf(n)))
    return rows.find((row) => row?.outcome === null)
  }

  /** Asked twice at every start: by whoever wants to tell more of the one that runs, and by us. */
  #storedLive(singletonKey: string): number | undefined {
    const known = (this.#liveByKey ??= new Map())
    if (!known.has(singletonKey)) known.set(singletonKey, this.#reader.live(singletonKey)?.n)
    return known.get(singletonKey)
  }

  /** Adds an execution that nobody has seen. */
  add(row: ExecutionRow, definition: Definition, state: State): Draft {
    if (row.singletonKey !== null) this.#undo.set(this.#addedByKey, row.singletonKey, row.n)
    const draft = { row, definition, state, fresh: true, stale: true }
    this.#undo.put(this.#memory.drafts, row.n, draft)
    this.#undo.put(this.#memory.byId, row.id, row.n)
    this.#undo.add(this.#changed, draft)
    return draft
  }

  /** Takes up an execution under a machine of another version. */
  adopt(row: ExecutionRow, definition: Definition, state: State): Draft {
    const draft = { row, definition, state, fresh: false, stale: false }
    this.#undo.set(this.#memory.drafts, draft.row.n, draft)
    this.#undo.set(this.#memory.byId, draft.row.id, draft.row.n)
    this.#undo.add(this.#changed, draft)
    return draft
  }

  /** Changes fields of an execution; its snapshot follows from the state. */
  update(draft: Draft, change: RowChange, state: State = draft.state): void {
    this.#undo.did(restore, draft, draft.row, draft.state)
    draft.row = rowWith(draft.row, change)
    if (draft.state !== state) draft.stale = true
    draft.state = state
    this.#undo.add(this.#changed, draft)
  }

  forget(n: number): void {
    ;(this.#forgotten ??= new Set()).add(n)
  }

  /** Ids of executions that this turn changed. */
  get changed(): ReadonlySet<string> {
    return (this.#ids ??= new Set([...this.#changed].map(({ row }) => row.id)))
  }

  /** What is to be written: each execution once, however often it changed. */
  changes(): Batch['executions'] {
    const executions: Batch['executions'][number][] = []
    for (const draft of this.#changed) {
      executions.push({ op: draft.fresh ? 'insert' : 'update', row: current(draft) })
    }
    return executions
  }

  /** What is to be deleted. */
  forgotten(): Batch['forget'] {
    return this.#forgotten === null ? [] : [...this.#forgotten]
  }

  /**
   * What holds from now on, when the changes are written. What has ended is not asked for again; nor is
   * what has begun and rests, before it has left the young generation: to copy it there is a good part
   * of what a start leaves to be collected.
   *
   * @param rests whether what this turn began needs nobody for a while
   */
  remember(rests: boolean): void {
    for (const draft of this.#changed) {
      const isOver = draft.row.outcome !== null || (draft.fresh && rests)
      draft.fresh = false
      if (isOver) this.#memory.forget(draft.row.n, draft.row.id)
    }
    for (const n of this.#forgotten ?? []) {
      const draft = this.#memory.drafts.get(n)
      if (draft) this.#memory.forget(n, draft.row.id)
    }
  }
}
