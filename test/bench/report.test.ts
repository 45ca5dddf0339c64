import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { reportFiles } from '../../bench/report.js'
import { readResults } from '../../bench/results.js'
import { sections } from '../../bench/report/sections.js'
import { row } from '../../bench/rows.js'
import { lineIds } from '../../bench/table.js'

describe('the page of figures', () => {
  test('has a section for every line of the table', () => {
    const told = new Set(sections.flatMap(({ lines }) => lines))
    expect([...lineIds].filter((name) => !told.has(name))).toEqual([])
  })

  test('is what bench/results.json gives, pictures included', async () => {
    const files = await reportFiles(await readResults())
    for (const [name, text] of files) {
      expect(readFileSync(`docs/${name}`, 'utf8'), `docs/${name}`).toBe(text)
    }
    const pictures = readdirSync('docs/performance').map((name) => `performance/${name}`)
    expect(pictures.sort()).toEqual(
      [...files.keys()].filter((name) => name.endsWith('.svg')).sort(),
    )
  })

  test('says what was measured, against whom, at which level, and whether the floor holds', async () => {
    const [page, picture] = await pageOf({ ours: [30], rounds: [100] })
    expect(page).toContain(
      '| `durable/full-group` | durable steps in groups against raw SQLite writing the same rows | WAL FULL | 0.3 × | 0.4 | 0.55 | BELOW THE FLOOR |',
    )
    expect(page).toContain('30 steps/s at WAL FULL against 100 of raw <SQLite>, 1 rounds')
    expect(page).toContain('src/store 62 %')
    expect(picture).toContain('class="below"')
  })

  test('pictures mark floor and goal, and stretch with what was reached', async () => {
    const [, poor] = await pageOf({ ours: [20], rounds: [100] })
    const [, good] = await pageOf({ ours: [60], rounds: [100] })
    const lengthOf = (text: string) =>
      Number(/width="([\d.]+)" height="18" rx="2" class="(?!track)/.exec(text)?.[1])
    expect(lengthOf(good)).toBeGreaterThan(lengthOf(poor))
    for (const text of [poor, good]) expect(text.match(/class="(faint|mark)"/g)).toHaveLength(2)
    expect(good).toContain('class="ours"')
    expect(good).toContain('raw &lt;SQLite&gt;')
  })
})

async function pageOf(measured: { ours: number[]; rounds: number[] }): Promise<[string, string]> {
  const one = row('durable/full-group', {
    durability: 'WAL FULL',
    ours: measured.ours,
    against: { name: 'raw <SQLite>', rounds: measured.rounds },
    profile: [['src/store', 0.62]],
  })
  const files = await reportFiles({
    some: { at: '2026-01-05', machine: 'a machine', load: 0.3, rows: [one] },
  })
  return [files.get('performance.md') ?? '', files.get('performance/durable.svg') ?? '']
}
