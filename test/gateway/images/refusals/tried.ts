import { describe, expect, it } from 'vitest'
import { operations } from '../../../../src/gateway/operations/index.js'
import { faultsOf } from '../../../../src/imagebuilder/parameters/rows.js'
import { documented } from '../../documented.js'
import { refusal, registry } from '../registry.js'
import type { Refusals } from './refusals.js'

interface Row {
  readonly key: string
  readonly messages: readonly string[]
  readonly never: boolean
}

/** What an operation declares: the codes of its table and those of its parameters. */
function declared(action: string): readonly Row[] {
  const operation = operations.find(({ request }) => request.action === action)
  if (!operation) throw new Error(`there is no ${action}`)
  const all = [...faultsOf(operation.request), ...operation.errors]
  const keys = [...new Set(all.map(({ status, code }) => `${status} ${code}`))]
  return keys.map((key) => {
    const of = all.filter(({ status, code }) => `${status} ${code}` === key)
    return {
      key,
      messages: of.flatMap(({ message }) => message ?? []),
      never: of.every((each) => 'never' in each),
    }
  })
}

/** Tries every request of a table, and holds the table against what its operation declares. */
export function tryRefusals(name: string, table: Refusals): void {
  const action = name.charAt(0).toUpperCase() + name.slice(1)
  describe(action, () => {
    const rows = declared(action)

    it('has a request for every code that it declares, or says why no request gets it', () => {
      const shown = rows.filter(({ never }) => !never).map(({ key }) => key)
      expect(Object.keys(table).sort()).toEqual(shown.sort())
    })

    it('declares every row that the documentation has for it', () => {
      const all = new Set(rows.map(({ key }) => key))
      expect(documented(action).filter((row) => !all.has(row))).toEqual([])
    })

    for (const { key, messages } of rows.filter((row) => row.key in table)) {
      it(`${action} answers ${key}`, async () => {
        const error = await refusal((async () => table[key]?.(await registry()))())
        expect(`${error.status} ${error.code}`).toBe(key)
        expect(error.message).not.toMatch(/[{}]/)
        const fixed = messages.filter((message) => !message.includes('{'))
        if (fixed.length === messages.length && fixed.length > 0) {
          expect(fixed).toContain(error.message)
        }
      })
    }
  })
}
