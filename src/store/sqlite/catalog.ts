import type { Database } from 'better-sqlite3'
import type { CatalogQuery, CatalogRow, CatalogWrite } from '../../core/ports.js'
import { checkCatalogQuery, checkCatalogWrite, pageSize } from '../input.js'
import { contradiction } from '../refusal.js'
import { limited, statementCache } from './statements.js'

interface Stored {
  readonly kind: string
  readonly key: string
  readonly body: string
}

/**
 * The statement that a query becomes. Kind and fields are words and stand in it as they are, since
 * an index is found by its own text; values are bound by number: `@v0` for the first field.
 *
 * @throws BakelineError `INVALID_INPUT` for a kind or field that is no word.
 */
export function catalogSql(query: CatalogQuery): string {
  checkCatalogQuery(query)
  const { kind, where = {}, after, limit } = query
  const terms = [`kind = '${kind}'`]
  for (const [index, [field, value]] of Object.entries(where).entries()) {
    // `->>` shows true as 1 and an object as text; the type tells them apart.
    terms.push(`body ->> '$.${field}' = @v${index}`, typeTerm(field, value))
  }
  if (after !== undefined) terms.push('key > @after')
  const page = limit === undefined ? '' : limited
  return `SELECT kind, key, body FROM catalog WHERE ${terms.join(' AND ')} ORDER BY key ${page}`
}

function typeTerm(field: string, value: string | number | boolean): string {
  const type = `json_type(body, '$.${field}')`
  if (typeof value === 'string') return `${type} = 'text'`
  return typeof value === 'number' ? `${type} IN ('integer', 'real')` : `${type} = '${value}'`
}

/** Rows of an embedder, as JSON. */
export function catalogTable(db: Database) {
  const get = db
    .prepare<[string, string], string>('SELECT body FROM catalog WHERE kind = ? AND key = ?')
    .pluck()
  const insert = db.prepare<[string, string, string]>(
    'INSERT INTO catalog (kind, key, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const update = db.prepare<[Stored]>(
    'UPDATE catalog SET body = @body WHERE kind = @kind AND key = @key',
  )
  const remove = db.prepare<[string, string]>('DELETE FROM catalog WHERE kind = ? AND key = ?')
  const finding = statementCache<Stored>(db)

  function patch({ kind, key, body }: CatalogRow): void {
    const stored = get.get(kind, key)
    if (stored === undefined) throw contradiction(`${kind} ${key} does not exist`)
    update.run({ kind, key, body: JSON.stringify({ ...parsed(stored), ...body }) })
  }

  return {
    get(kind: string, key: string): CatalogRow | undefined {
      const stored = get.get(kind, key)
      return stored === undefined ? undefined : { kind, key, body: parsed(stored) }
    },
    find(query: CatalogQuery): readonly CatalogRow[] {
      const { after, where = {} } = query
      const values: Record<string, unknown> = { after }
      if (query.limit !== undefined) values.limit = pageSize(query.limit)
      for (const [index, value] of Object.values(where).entries()) {
        values[`v${index}`] = typeof value === 'boolean' ? Number(value) : value
      }
      return finding(catalogSql(query)).all(values).map(loaded)
    },
    write(write: CatalogWrite): void {
      checkCatalogWrite(write)
      const { op, kind, key } = write
      if (op === 'delete') remove.run(kind, key)
      else if (op === 'patch') patch(write)
      else if (insert.run(kind, key, JSON.stringify(write.body)).changes === 0) {
        throw contradiction(`${kind} ${key} exists`)
      }
    },
  }
}

function loaded({ kind, key, body }: Stored): CatalogRow {
  return { kind, key, body: parsed(body) }
}

function parsed(body: string): CatalogRow['body'] {
  return JSON.parse(body) as CatalogRow['body']
}
