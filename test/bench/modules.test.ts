import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { measure, modules } from '../../bench/measure.js'
import { ratioOf } from '../../bench/rounds.js'
import { lineIds, table } from '../../bench/table.js'

/** What a machine may lack: everything else must give a figure. */
const lacks = /^not measured: .*(not installed|installs them|newer Node)/

describe.each(modules.filter((name) => existsSync(`bench/${name}.ts`)))('bench/%s.ts', (module) => {
  test('gives a figure for every line of the table, or says what is not installed', async () => {
    const rows = await measure(module, ['--smoke'])
    const lines = lineIds.filter((name) => table[name].module === module)
    expect(rows.map(({ name }) => name)).toEqual(lines)
    for (const row of rows) {
      expect(row).toMatchObject({ floor: table[row.name].floor, goal: table[row.name].goal })
      if (row.ours === null) {
        expect(row.note, row.name).toMatch(lacks)
        continue
      }
      expect(row.ours, row.name).toBeGreaterThanOrEqual(0)
      expect(row.each.ours, row.name).toHaveLength(row.rounds)
      if (row.against === null) expect(row.ratio, row.name).toBe(null)
      else expect(row.ratio, row.name).toBeCloseTo(ratioOf(row.each.ours, row.each.against), 9)
      const isJudged = row.judged === 'ours' || row.against !== null
      expect(row.floorHeld !== null, row.name).toBe(isJudged && row.floor !== null)
    }
  })
})
