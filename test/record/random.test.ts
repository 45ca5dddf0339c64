import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sample } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replayScenario } from '../../src/compose.js'
import { record } from '../../src/record/record.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'
import { arbitraryScenario } from '../../src/testing/arbitraries/index.js'

let folder: string
let files = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bakeline-record-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Plays a scenario on a file, and keeps the records of its trace with all their numbers. */
async function played(text: string) {
  const db = join(folder, `${++files}.db`)
  const { trace, beats } = await replayScenario(loadScenario(text, 'x.yaml'), db)
  return { db, records: recordsOf(trace), beats }
}

function recordsOf(trace: readonly string[]): readonly string[] {
  return trace.filter((line) => !/^\S+ > /.test(line))
}

const runs = sample(arbitraryScenario(), { seed: 20_260_105, numRuns: 50 })

describe('a recording of random runs', () => {
  it.each(runs.map(({ yaml }, index) => ({ index: index + 1, yaml })))(
    'replays to the identical trace: run $index',
    async ({ yaml }) => {
      const first = await played(yaml)
      expect(first.beats.flatMap(({ failures }) => failures)).toEqual([])
      expect(first.records.length).toBeGreaterThan(0)
      const recording = await record(first.db)
      expect(recording).toMatchObject({ same: true, difference: null })
      const again = await played(recording.scenario)
      expect(again.records).toEqual(first.records)
    },
  )

  it('takes in failures, retries, cancels, several templates and more than one execution', () => {
    const all = runs.map(({ yaml }) => yaml).join('\n')
    for (const word of [
      'fail:',
      'attempt:',
      'cancel:',
      'api:',
      'web#2',
      'TestContent',
      'account:',
    ]) {
      expect(all).toContain(word === 'api:' ? 'golden:' : word)
    }
  })
})

describe('a recording of the scenarios that ship', () => {
  const library = resolve(import.meta.dirname, '../../scenarios')
  const names = readdirSync(library, { recursive: true, encoding: 'utf8' })
    // Those that are explored choose among things due at once, which a recording does not.
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('explore/'))
    .sort()

  it.each(names)('%s replays to the same records', async (name) => {
    const { db } = await played(readFileSync(join(library, name), 'utf8'))
    const recording = await record(db).catch((error: Error) => error.message)
    // Deleting a template deletes its executions.
    if (recording === 'there is no execution to record') return
    expect(recording).toMatchObject({ same: true, difference: null })
  })
})

it('a recording of a recording is the recording', async () => {
  const lifecycle = resolve(import.meta.dirname, '../../scenarios/lifecycle.yaml')
  const first = await record((await played(readFileSync(lifecycle, 'utf8'))).db)
  const second = await record((await played(first.scenario)).db)
  const plain = (text: string): string => text.replaceAll(/\d+\.db/g, 'x.db')
  expect(plain(second.scenario)).toBe(plain(first.scenario))
  expect(existsSync(folder)).toBe(true)
})
