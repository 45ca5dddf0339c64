import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/explore.js'
import { compiled } from '../../helpers/programs.js'

const file = resolve(import.meta.dirname, '../../../scenarios/explore/every-outcome.yaml')

const missing = (all: readonly { readonly name: string; readonly times: number }[]) =>
  all.filter(({ times }) => times === 0).map(({ name }) => name)

describe('an exploration of two regions and two accounts, whatever fails', () => {
  it('finds everything as documented, and has taken every state and transition there is', async () => {
    const { violations, coverage, cut, alike } = await explore(file, { threads: 1 })
    expect(violations).toEqual([])
    expect(missing(coverage.states)).toEqual([])
    expect(missing(coverage.transitions)).toEqual([])
    expect(missing(coverage.statuses)).toEqual([])
    expect(missing(coverage.outcomes)).toEqual([])
    // Failures, cancels and crashes are all there are; only the starts are bounded.
    expect(Object.keys(cut)).toEqual(['starts'])
    expect(alike.regions).toEqual([['cn-beijing', 'cn-shanghai']])
  })

  it('says the same on one thread and on two', async () => {
    const bounds = { faults: 3 }
    const one = await explore(file, { threads: 1, bounds })
    const other = await explore(file, { threads: 2, bounds })
    expect(other).toEqual(one)
    expect(one.states).toBeGreaterThan(300)
  })

  it('says the same in another process, time zone and language', async () => {
    const code =
      'import(process.env.MODULE).then(async ({ explore }) => process.stdout.write(JSON.stringify(' +
      'await explore(process.env.FILE, { threads: 1, bounds: { faults: 1 } }))))'
    const elsewhere = async (env: Readonly<Record<string, string>>): Promise<unknown> => {
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], {
        env: { ...process.env, MODULE: compiled('src/explore'), FILE: file, ...env },
        maxBuffer: 2 ** 26,
      })
      return JSON.parse(stdout)
    }
    const here = await explore(file, { threads: 1, bounds: { faults: 1 } })
    expect(await elsewhere({ TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8' })).toEqual(here)
    expect(await elsewhere({ TZ: 'America/New_York', LC_ALL: 'C' })).toEqual(here)
  })
})

describe('an exploration of what is deleted', () => {
  it('deletes templates and images at every moment, each answered as documented', async () => {
    const deletes = resolve(import.meta.dirname, '../../../scenarios/explore/deletes.yaml')
    const { violations, coverage } = await explore(deletes, { threads: 1 })
    expect(violations).toEqual([])
    const answers = coverage.answers.map(({ name }) => name)
    expect(answers.filter((name) => name.startsWith('delete'))).toEqual([
      'delete InvalidImagePipeline.HasRunningExecution',
      'delete InvalidImagePipeline.NotFound',
      'delete accepted',
      'deleteImage ImageUseShared',
      'deleteImage InvalidStatus.ImageIsCreating',
      'deleteImage OperationDenied.ImageCopying',
      'deleteImage accepted',
    ])
  })
})

describe('an exploration of more copies than a region takes at a time', () => {
  const five = resolve(import.meta.dirname, '../../../scenarios/explore/five-at-a-time.yaml')

  it('has all slots taken, and whoever waits gets the next', async () => {
    const { violations, coverage, cut, alike } = await explore(five, { threads: 1 })
    expect(violations).toEqual([])
    expect(coverage.outcomes.find(({ name }) => name === 'copyImage slot')?.times).toBeGreaterThan(
      0,
    )
    expect(alike.templates).toEqual([['one', 'two', 'three', 'four', 'five', 'six']])
    expect(Object.keys(cut).sort()).toEqual(['faults', 'starts'])
  })

  it('comes through the same, folded or not', async () => {
    const bounds = { starts: 3, faults: 0 }
    const folded = await explore(five, { threads: 1, bounds })
    // What a function looks at nobody knows, so nothing is folded.
    const whole = await explore(five, { threads: 1, bounds, invariants: [] })
    expect(folded.states * 3).toBeLessThan(whole.states)
    const taken = ({ coverage }: typeof folded) =>
      [...coverage.transitions, ...coverage.statuses, ...coverage.outcomes, ...coverage.answers]
        .filter(({ times }) => times > 0)
        .map(({ name }) => name)
    expect(taken(folded)).toEqual(taken(whole))
    expect([folded.depth, whole.violations]).toEqual([whole.depth, []])
  })
})
