import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openImageBuilder } from '../../src/compose.js'
import { ExpectationError, play, replay } from '../../src/replay.js'
import { ScenarioError } from '../../src/simulate/scenario/error.js'

const plain = readFileSync(
  resolve(import.meta.dirname, '../../scenarios/basics/plain.yaml'),
  'utf8',
)
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bakeline-test-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function scenario(text: string): string {
  const file = join(folder, 'mine.yaml')
  writeFileSync(file, text)
  return file
}

describe('replay()', () => {
  it('returns the run of a scenario that goes as it expects', async () => {
    const replayed = await replay(scenario(plain))
    expect(replayed).toMatchObject({ ok: true, executions: 1, name: 'The plain life of an image' })
  })

  it('throws an error that names file, line and what was wrong', async () => {
    const text = plain.replace('    status: SUCCESS\n', '    status: FAILED\n')
    const file = scenario(text)
    const line = text.split('\n').findIndex((each) => each.includes('expect: web')) + 1
    const error = await replay(file).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ExpectationError)
    const { message, replayed } = error as ExpectationError
    expect(message).toBe(
      `The plain life of an image\n  ${file}:${line}:5: expect web: status is SUCCESS, not FAILED`,
    )
    expect(replayed.ok).toBe(false)
  })

  it('names every failure, one a line', async () => {
    const text = plain.replace('    lasted: 7m30s\n', '    lasted: 8m\n    never: BUILDING\n')
    const error = await replay(scenario(text)).catch((thrown: unknown) => thrown)
    expect((error as Error).message.split('\n')).toEqual([
      'The plain life of an image',
      expect.stringMatching(/mine\.yaml:\d+:5: expect web: it was BUILDING$/),
      expect.stringMatching(/mine\.yaml:\d+:5: expect web: it lasted 7m30s, not 8m$/),
    ])
  })

  it('throws a ScenarioError for what is no scenario', async () => {
    await expect(replay(scenario('steps: 1\n'))).rejects.toBeInstanceOf(ScenarioError)
  })

  it('keeps the database when it is told where, with the state of the end', async () => {
    const db = join(folder, 'kept.db')
    const { hash } = await replay(scenario(plain), { db })
    const builder = await openImageBuilder({ db, mustExist: true, worker: false })
    const [run] = await builder.engine.list()
    expect(run?.status).toBe('SUCCESS')
    expect(await builder.engine.verify()).toEqual([])
    await builder.engine.close()
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('refuses a database that holds another run already', async () => {
    const db = join(folder, 'kept.db')
    const file = scenario(plain)
    await replay(file, { db })
    await expect(replay(file, { db })).rejects.toThrow(/holds a run already/)
  })
})

describe('play()', () => {
  it('returns a run that was not as expected, too', async () => {
    const text = plain.replace('    status: SUCCESS\n', '    status: FAILED\n')
    const replayed = await play(scenario(text))
    expect(replayed.ok).toBe(false)
    expect(replayed.beats.at(-1)?.failures).toEqual(['status is SUCCESS, not FAILED'])
  })

  it('leaves no database behind', async () => {
    vi.stubEnv('TMPDIR', folder)
    await play(scenario(plain))
    expect(readdirSync(folder)).toEqual(['mine.yaml'])
  })
})
