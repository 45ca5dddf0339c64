import { describe, expect, it } from 'vitest'
import { clockName } from '../../src/core/clock.js'
import type { Engine } from '../../src/engine/engine.js'
import { breathe, ManualWall, monday } from '../helpers/manual-wall.js'
import { overEachStore } from '../helpers/places.js'
import type { Client } from './client.js'
import { type Emulator, emulator, least, region } from './emulator.js'

const virtual = { mode: 'virtual', now: monday } as const

async function started(client: Client, more: object = {}) {
  const { body } = await client.call('CreateImagePipeline', { ...least, ...more })
  const template = String(body['ImagePipelineId'])
  const request = { RegionId: region, ImagePipelineId: template }
  const start = await client.call('StartImagePipelineExecution', request)
  return { template, id: String(start.body['ExecutionId']) }
}

async function statusOf(client: Client, ExecutionId: string): Promise<string> {
  const request = { RegionId: region, ExecutionId }
  const { body } = await client.call('DescribeImagePipelineExecutions', request)
  const { ImagePipelineExecutionSet: set } = body['ImagePipelineExecution'] as {
    ImagePipelineExecutionSet: { Status: string }[]
  }
  return set[0]?.Status ?? 'none'
}

/** The statuses that so many polls see. */
async function polled(client: Client, id: string, polls: number): Promise<string[]> {
  const seen: string[] = []
  for (let n = 0; n < polls; n++) seen.push(await statusOf(client, id))
  return seen
}

const now = async (engine: Engine) => (await engine.clock()).now

overEachStore((newPlace) => {
  const open = async (
    more: object = {},
    clock: Parameters<typeof newPlace>[0] = { clock: virtual },
  ) => {
    const place = newPlace(clock)
    const wall = new ManualWall()
    const again = (): Promise<Emulator> => emulator({ db: place.open(), wall, ...more })
    const made = await again()
    return { ...made, api: made.client(), again }
  }

  describe('manual progression', () => {
    it('moves an execution on with every n-th description, which has the status before', async () => {
      const { gateway, api, builder } = await open()
      await gateway.progression.set({ mode: 'manual', describes: 2 })
      const { id } = await started(api, {
        ToRegionId: ['cn-beijing', 'cn-shanghai'],
        AddAccount: ['42'],
      })
      await builder.engine.advance('10h')
      expect(await polled(api, id, 9)).toEqual([
        'PREPARING',
        'PREPARING',
        'BUILDING',
        'BUILDING',
        'DISTRIBUTING',
        'DISTRIBUTING',
        'RELEASING',
        'RELEASING',
        'SUCCESS',
      ])
      expect(await builder.engine.verify()).toEqual([])
    })

    it('keeps what the plan lets fail, and ends a cancel', async () => {
      const plan = [
        { task: 'copyImage', region: 'cn-beijing', fail: { code: 'Gone', message: 'no' } },
      ] as const
      const { gateway, api, builder } = await open()
      await builder.engine.transact((tx) => tx.set('plan', JSON.stringify(plan)))
      await gateway.progression.set('manual')
      const { id } = await started(api, { ToRegionId: ['cn-beijing'] })
      expect(await polled(api, id, 5)).toEqual([
        'PREPARING',
        'BUILDING',
        'DISTRIBUTING',
        'RELEASING',
        'PARTITION_SUCCESS',
      ])
      const other = await started(api)
      await api.call('CancelImagePipelineExecution', { RegionId: region, ExecutionId: other.id })
      expect(await polled(api, other.id, 2)).toEqual(['CANCELLING', 'CANCELLED'])
      expect(await builder.engine.verify()).toEqual([])
    })

    it('counts in the process; a reopened file goes on where the execution stands', async () => {
      const { gateway, api, builder, again } = await open()
      await gateway.progression.set({ mode: 'manual', describes: 2 })
      const { id } = await started(api)
      expect(await polled(api, id, 3)).toEqual(['PREPARING', 'PREPARING', 'BUILDING'])
      await builder.engine.abandon()
      const other = await again()
      expect(await other.gateway.progression.get()).toMatchObject({
        default: { mode: 'manual', describes: 2 },
      })
      const client = other.client()
      expect(await polled(client, id, 5)).toEqual([
        'BUILDING',
        'BUILDING',
        'RELEASING',
        'RELEASING',
        'SUCCESS',
      ])
      expect(await other.builder.engine.verify()).toEqual([])
    })

    it('is of one template where only that is told', async () => {
      const { gateway, api, builder } = await open()
      const first = await started(api)
      const second = await started(api)
      await gateway.progression.set('manual', first.template)
      await builder.engine.advance('1h')
      expect(await statusOf(api, second.id)).toBe('SUCCESS')
      expect(await polled(api, first.id, 2)).toEqual(['PREPARING', 'BUILDING'])
      await gateway.progression.set(null, first.template)
      await builder.engine.advance('1h')
      expect(await statusOf(api, first.id)).toBe('SUCCESS')
    })
  })

  describe('an image that a call makes', () => {
    it('is made by time also where executions wait to be described', async () => {
      const { gateway, api, builder } = await open()
      await gateway.progression.set('manual')
      const request = { RegionId: region, InstanceId: 'i-default0instance0000', ImageName: 'made' }
      const { body } = await api.call('CreateImage', request)
      const ImageId = String(body['ImageId'])
      await builder.engine.advance('1h')
      const [made] = await builder.images({ id: ImageId })
      expect(made?.Status).toBe('Available')
    })
  })

  describe('immediate progression', () => {
    it('answers the start first, and ends the execution without any time, failures included', async () => {
      const plan = [{ task: 'copyImage', attempt: '1-2', fail: 'no' }] as const
      const { gateway, api, builder } = await open()
      await builder.engine.transact((tx) => tx.set('plan', JSON.stringify(plan)))
      await gateway.progression.set('immediate')
      const { id } = await started(api, { ToRegionId: ['cn-beijing'] })
      expect(await builder.engine.get(id)).toMatchObject({ status: 'PREPARING' })
      expect(await statusOf(api, id)).toBe('SUCCESS')
      expect(await builder.engine.get(id)).toMatchObject({ startedAt: monday, endedAt: monday })
      expect(await builder.engine.verify()).toEqual([])
    })
  })

  describe('a change of progression', () => {
    it('from time holds what runs, and back to time gives it its whole duration from then', async () => {
      const { gateway, api, builder } = await open()
      const { id } = await started(api)
      await builder.engine.advance('50s')
      await gateway.progression.set({ mode: 'manual', describes: 100 })
      await builder.engine.advance('1h')
      expect(await statusOf(api, id)).toBe('PREPARING')
      await gateway.progression.set('time')
      await builder.engine.advance('59s')
      expect(await statusOf(api, id)).toBe('PREPARING')
      await builder.engine.advance('1s')
      expect(await statusOf(api, id)).toBe('BUILDING')
      await builder.engine.advance('1h')
      expect(await statusOf(api, id)).toBe('SUCCESS')
    })

    it('that changes nothing leaves what runs alone', async () => {
      const { gateway, api, builder } = await open()
      const { id } = await started(api)
      await builder.engine.advance('50s')
      await gateway.progression.set('time')
      await builder.engine.advance('10s')
      expect(await statusOf(api, id)).toBe('BUILDING')
    })

    it('to immediate ends what runs, waits or is held', async () => {
      const { gateway, api, builder } = await open()
      const runs = await started(api)
      await gateway.progression.set('manual')
      const held = await started(api)
      await gateway.progression.set('immediate')
      expect(await statusOf(api, runs.id)).toBe('SUCCESS')
      expect(await statusOf(api, held.id)).toBe('SUCCESS')
      expect(await builder.engine.get(held.id)).toMatchObject({ endedAt: monday })
    })

    it('is refused for what is no progression, or no template', async () => {
      const { gateway } = await open()
      const refused = async (wanted: unknown, template?: string) => {
        const error = await Promise.resolve()
          .then(() => gateway.progression.set(wanted, template))
          .then(
            () => null,
            (thrown: unknown) => thrown,
          )
        return (error as { code?: string } | null)?.code
      }
      expect(await refused('fast')).toBe('INVALID_INPUT')
      expect(await refused({ mode: 'manual', describes: 0 })).toBe('INVALID_INPUT')
      expect(await refused({ mode: 'time', describes: 1 })).toBe('INVALID_INPUT')
      expect(await refused({ mode: 'time', n: 1 })).toBe('INVALID_INPUT')
      expect(await refused('time', 'ip-none')).toBe('NOT_FOUND')
      expect(await gateway.progression.get()).toEqual({ default: { mode: 'time' }, templates: {} })
    })
  })

  describe('on a clock that runs by itself', () => {
    const scaled = { mode: 'scaled', scale: 60, anchorWall: monday, anchorFile: monday } as const

    it('manual waits however long, time goes on from where it is set', async () => {
      const { gateway, api, builder, wall } = await open({ worker: true }, { clock: scaled })
      expect(clockName((await builder.engine.clock()).state)).toContain('scale')
      await gateway.progression.set('manual')
      const { id } = await started(api)
      await wall.advance(60_000)
      expect(await polled(api, id, 2)).toEqual(['PREPARING', 'BUILDING'])
      await gateway.progression.set('time')
      const before = await now(builder.engine)
      await wall.advance(10_000)
      await breathe()
      expect(await statusOf(api, id)).toBe('SUCCESS')
      expect((await builder.engine.get(id))?.endedAt).toBe(before + 20_000)
      await builder.engine.close()
    })

    it('immediate runs to its end in the background', async () => {
      const { gateway, api, builder, wall } = await open({ worker: true }, { clock: scaled })
      await gateway.progression.set('immediate')
      const { id } = await started(api)
      await wall.advance(1)
      await breathe()
      expect((await builder.engine.get(id))?.outcome).toBe('done')
      await builder.engine.close()
    })
  })
})
