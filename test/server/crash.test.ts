import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Served } from './server.js'

const inMemory = () => Served.open()
const inAFile = () =>
  Served.open({ db: join(mkdtempSync(join(tmpdir(), 'bakeline-crash-')), 'served.db') })

/** How often the process has died. */
async function hits(served: Served): Promise<number> {
  const { faults } = (await served.control('GET /faults')).body as unknown as {
    readonly faults: readonly { readonly hits: number }[]
  }
  return faults.reduce((sum, fault) => sum + fault.hits, 0)
}

/** The types of an execution's steps. */
async function events(served: Served, execution: string): Promise<readonly string[]> {
  const { records } = (await served.control(`GET /executions/${execution}/history`))
    .body as unknown as {
    readonly records: readonly {
      readonly kind: string
      readonly body: { readonly event: { type: string } }
    }[]
  }
  return records.filter(({ kind }) => kind === 'step').map(({ body }) => body.event.type)
}

describe.each([
  ['in memory', inMemory],
  ['in a file', inAFile],
])('a process that dies, its state %s', (_, open) => {
  test('leaves what was written, and another goes on with it', async () => {
    const served = await open()
    const { execution } = await served.begun()
    await served.control('POST /clock/advance', { by: '90s' })
    await served.control('POST /faults', { operation: 'DescribeRegions', latency: 0 })
    await served.control('PUT /throttling', { perMinute: 1_000 })
    const before = await events(served, execution)
    expect((await served.control('POST /crash')).status).toBe(204)
    expect(await events(served, execution)).toEqual(before)
    expect(await served.status(execution)).toBe('BUILDING')
    expect((await served.control('GET /throttling')).body).toEqual({ perMinute: 1_000 })
    expect((await served.control('GET /faults')).body['faults']).toHaveLength(1)
    await served.control('POST /clock/advance', { by: '1h' })
    expect(await served.status(execution)).toBe('SUCCESS')
  })

  test('before a call is kept has done nothing of it, after it all', async () => {
    const served = await open()
    const { template } = await served.begun()
    await served.control('POST /clock/advance', { by: '1h' })
    const startIt = { ImagePipelineId: template, ClientToken: 'once' }
    const operation = 'StartImagePipelineExecution'
    const count = async (): Promise<number> =>
      Object.values((await served.control('GET /executions')).body['executions'] ?? {}).length
    await served.control('POST /faults', { operation, first: 1, crash: 'before' })
    expect((await served.ecs(operation, startIt)).status).toBe(502)
    expect(await count()).toBe(1)
    await served.control('DELETE /faults')
    await served.control('POST /faults', { operation, first: 1, crash: 'after' })
    expect((await served.ecs(operation, startIt)).status).toBe(502)
    expect(await count()).toBe(2)
    // The token is kept with the start: asked again, it is the same one.
    expect((await served.ecs(operation, startIt)).status).toBe(200)
    expect(await count()).toBe(2)
    expect(await hits(served)).toBe(1)
  })

  test.each(['before', 'after'])(
    'just %s the end of an attempt is kept ends it once all the same',
    async (crash) => {
      const served = await open()
      const calm = await open()
      const [{ execution }, same] = [await served.begun(), await calm.begun()]
      expect(execution).toBe(same.execution)
      await served.control('POST /faults', { task: 'buildImage', region: 'cn-hangzhou', crash })
      const cut = await served.control('POST /clock/advance', { by: '1h' })
      expect([cut.status, cut.body['Code']]).toEqual([503, 'CLOSED'])
      // It stands where the process died, and not an hour later.
      expect(await served.status(execution)).toBe(crash === 'before' ? 'BUILDING' : 'RELEASING')
      await served.control('POST /clock/advance', { by: '1h' })
      await calm.control('POST /clock/advance', { by: '2h' })
      expect(await hits(served)).toBe(1)
      expect(await events(served, execution)).toEqual(await events(calm, execution))
    },
  )
})

describe('a fault that is a crash', () => {
  test.each([
    [{ task: 'buildImage' }, /of a task it says when the process dies/],
    [{ task: 'buildImage', crash: 'after', latency: '1s' }, /of a task it says/],
    [{ task: 'buildImage', crash: 'after', operation: 'CopyImage' }, /about no request/],
    [{ attempt: 1, crash: 'after' }, /are of a task/],
    [{ crash: 'after', drop: 'answer' }, /give crash alone/],
    [{ task: 'bildImage', crash: 'after' }, /task/],
  ])('is refused when it makes no sense: %j', async (rule, message) => {
    const { status, body } = await (await Served.open()).control('POST /faults', rule)
    expect(status).toBe(400)
    expect(body['Message']).toMatch(message)
  })

  test('meets the attempts and templates that it names alone', async () => {
    const served = await Served.open({
      plan: [{ task: 'copyImage', attempt: 1, fail: 'no capacity' }],
    })
    const made = await served.ecs('CreateImagePipeline', {
      BaseImageType: 'IMAGE',
      BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
      Name: 'web',
      'ToRegionId.1': 'cn-hangzhou',
      'ToRegionId.2': 'cn-beijing',
    })
    const ImagePipelineId = String(made.body['ImagePipelineId'])
    const task = 'copyImage'
    await served.control('POST /faults', { task, template: 'other', crash: 'after' })
    await served.control('POST /faults', { task, region: 'cn-shanghai', crash: 'after' })
    await served.control('POST /faults', { task, template: 'web', attempt: 2, crash: 'after' })
    await served.ecs('StartImagePipelineExecution', { ImagePipelineId })
    expect((await served.control('POST /clock/advance', { by: '1h' })).status).toBe(503)
    expect((await served.control('POST /clock/advance', { by: '1h' })).status).toBe(200)
    const { faults } = (await served.control('GET /faults')).body as unknown as {
      readonly faults: readonly { readonly hits: number }[]
    }
    expect(faults.map((fault) => fault.hits)).toEqual([0, 0, 1])
  })
})
