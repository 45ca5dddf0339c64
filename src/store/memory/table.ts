import { type Compare, Sorted } from './sorted.js'

/** What rows are grouped by; undefined leaves a row out of the index. */
type GroupOf<Row> = (row: Row) => string | number | boolean | undefined

/** Rows by group, each group in an order of its own: what an SQL index is. */
export class Index<Row> {
  readonly #groupOf: GroupOf<Row>
  readonly #compare: Compare<Row>
  #groups = new Map<string | number | boolean, Sorted<Row>>()
  /** Groups that a fork has too, so that they are copied before they are changed. */
  #shared: Set<string | number | boolean> | null = null

  constructor(groupOf: GroupOf<Row>, compare: Compare<Row>) {
    this.#groupOf = groupOf
    this.#compare = compare
  }

  /** The same index, to follow other changes from now on; groups are copied when they change. */
  fork(): Index<Row> {
    const fork = new Index(this.#groupOf, this.#compare)
    fork.#groups = new Map(this.#groups)
    fork.#shared = new Set(this.#groups.keys())
    this.#shared = new Set(this.#groups.keys())
    return fork
  }

  group(key: string | number | boolean): Sorted<Row> {
    return this.#groups.get(key) ?? new Sorted(this.#compare)
  }

  /** Follows a row that was added, changed or removed. */
  follow(old: Row | undefined, row: Row | undefined): void {
    const from = old === undefined ? undefined : this.#groupOf(old)
    const to = row === undefined ? undefined : this.#groupOf(row)
    if (old !== undefined && row !== undefined && from === to && this.#compare(old, row) === 0) {
      if (to !== undefined) this.#own(to)?.replace(row)
      return
    }
    if (old !== undefined && from !== undefined) this.#remove(from, old)
    if (row !== undefined && to !== undefined) this.#add(to, row)
  }

  #add(key: string | number | boolean, row: Row): void {
    const group = this.#own(key) ?? new Sorted(this.#compare)
    group.add(row)
    this.#groups.set(key, group)
  }

  #remove(key: string | number | boolean, row: Row): void {
    const group = this.#own(key)
    group?.remove(row)
    if (group?.size === 0) this.#groups.delete(key)
  }

  /** A group that may be changed. */
  #own(key: string | number | boolean): Sorted<Row> | undefined {
    const group = this.#groups.get(key)
    if (group === undefined || !this.#shared?.delete(key)) return group
    const own = group.copy()
    this.#groups.set(key, own)
    return own
  }
}

/** Rows by key, and the indexes that follow them. */
export class Table<Key, Row> {
  #rows = new Map<Key, Row>()
  readonly #indexes: Index<Row>[] = []

  /** The same rows, to be changed on their own, without an index. */
  fork(): Table<Key, Row> {
    const fork = new Table<Key, Row>()
    fork.#rows = new Map(this.#rows)
    return fork
  }

  /** Lets a fork of an index follow what changes here. */
  adopt(index: Index<Row>): Index<Row> {
    this.#indexes.push(index)
    return index
  }

  /** An index over what is there and what will be. */
  index(groupOf: GroupOf<Row>, compare: Compare<Row>): Index<Row> {
    const index = new Index(groupOf, compare)
    for (const row of this.#rows.values()) index.follow(undefined, row)
    this.#indexes.push(index)
    return index
  }

  get(key: Key): Row | undefined {
    return this.#rows.get(key)
  }

  /** Puts a row under a key, or nothing. */
  set(key: Key, row: Row | undefined): void {
    const old = this.#rows.get(key)
    for (const index of this.#indexes) index.follow(old, row)
    if (row === undefined) this.#rows.delete(key)
    else this.#rows.set(key, row)
  }
}

/** Writes that can be taken back. */
export class Transaction {
  readonly #undo: (() => void)[] = []

  write<Key, Row>(table: Table<Key, Row>, key: Key, row: Row | undefined): void {
    const old = table.get(key)
    table.set(key, row)
    this.#undo.push(() => table.set(key, old))
  }

  rollback(): void {
    for (const undo of this.#undo.reverse()) undo()
  }
}
