import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openImageBuilder, replayScenario } from '../../src/compose.js'
import type { Replayed } from '../../src/simulate/replay/types.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'

const head = `name: Under test
templates:
  web:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
    ToRegionId: [cn-beijing, cn-shanghai]
steps:
`

let folder: string
let files = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bakeline-moments-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Replays steps, one a line without the dash, on a file, which a crash does not take away. */
async function replaySteps(...steps: readonly string[]): Promise<Replayed> {
  const text = head + steps.map((step) => `  - ${step}\n`).join('')
  return replayScenario(loadScenario(text, 'x.yaml'), join(folder, `${++files}.db`))
}

const results = ({ beats }: Replayed): readonly string[] =>
  beats.map(({ title, result }) => `${title} = ${result}`)

const copying = ['start: web', '{ wait: web, until: DISTRIBUTING }'] as const

describe('one thing that is due', () => {
  it('is done alone, in the order that the scenario says', async () => {
    const replayed = await replaySteps(
      ...copying,
      '{ next: web, task: copy.cn-shanghai }',
      '{ expect: web, images: { cn-beijing: Creating, cn-shanghai: Available } }',
      'next: web',
      '{ expect: web, status: RELEASING }',
    )
    expect(replayed.ok).toBe(true)
    expect(results(replayed)).toContain('next of web: copy.cn-shanghai = copy.cn-shanghai')
    expect(results(replayed)).toContain('next of web = copy.cn-beijing')
  })

  it('is told when it is not what is due next', async () => {
    const { beats } = await replaySteps(...copying, '{ next: web, task: releaseResources }')
    expect(beats.at(-1)?.failures).toEqual([
      'that is not due next; copy.cn-beijing of web, copy.cn-shanghai of web is',
    ])
    const idle = await replaySteps('start: web', 'wait: web', 'next: web')
    expect(idle.beats.at(-1)?.failures).toEqual(['that is not due next; nothing is'])
  })
})

describe('a process that dies in a step', () => {
  it('has written nothing when it dies before its commit', async () => {
    const replayed = await replaySteps(
      '{ start: web, token: t, dies: before commit }',
      '{ expect: web, executions: 0 }',
      '{ start: web, token: t, as: again }',
      '{ next: again, dies: before commit }',
      '{ expect: again, status: PREPARING }',
      '{ cancel: again, dies: before commit }',
      '{ expect: again, status: PREPARING }',
    )
    expect(replayed.beats.flatMap(({ failures }) => failures)).toEqual([])
    expect(results(replayed)).toContain(
      'cancel again = no answer: the process dies before its commit',
    )
  })

  it('has written everything when it dies after it', async () => {
    const replayed = await replaySteps(
      '{ start: web, token: t, dies: after commit }',
      '{ start: web, token: t, same: web }',
      '{ next: web, dies: after commit }',
      '{ expect: web, status: BUILDING }',
      '{ cancel: web, dies: 1 }',
      '{ expect: web, status: CANCELLING }',
    )
    expect(replayed.beats.flatMap(({ failures }) => failures)).toEqual([])
  })
})

describe('a check', () => {
  it('holds of a sound run, whatever has become of it', async () => {
    const replayed = await replaySteps(
      ...copying,
      'check',
      'wait: web',
      'check',
      'delete: web',
      'check: [status-in-order, images-as-documented]',
    )
    expect(replayed.beats.flatMap(({ failures }) => failures)).toEqual([])
    expect(results(replayed).filter((each) => each.includes('holds'))).toHaveLength(3)
  })

  it('tells what is not as documented, of which execution, by the name of the invariant', async () => {
    const db = join(folder, 'broken.db')
    const scenario = loadScenario(`${head}  - start: web\n  - wait: web\n`, 'x.yaml')
    await replayScenario(scenario, db)
    const builder = await openImageBuilder({ db, mustExist: true, worker: false })
    const [image] = await builder.images({ region: 'cn-beijing' })
    await builder.engine.transact((tx) =>
      tx.catalogWrite({
        op: 'patch',
        kind: 'image',
        key: image?.ImageId ?? '',
        body: { Status: 'Creating' },
      }),
    )
    const { audit } = await import('../../src/simulate/replay/moments.js')
    const [execution] = await builder.engine.list()
    const executions = [
      {
        name: 'web',
        id: execution?.id ?? '',
        template: 'web',
        removed: [],
        visited: ['PREPARING'],
      },
    ]
    const broken = await audit(builder, scenario, { executions, names: null })
    await builder.engine.close()
    expect(broken).toEqual([
      {
        invariant: 'images-as-documented',
        execution: 'web',
        message: 'the image in cn-beijing is Creating, not Available',
      },
      {
        invariant: 'no-image-creates-for-ever',
        execution: 'web',
        message: 'it has ended, and its image in cn-beijing is Creating',
      },
    ])
  })
})
