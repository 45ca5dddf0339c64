// A server for the page to look at, in a process of its own: tsx server.ts WHAT SECONDS.
// From SIGUSR2 on, records come at an even pace for so many seconds.
import { createEmulator } from '../../src/emulator/create.js'
import { serveInspector } from '../../src/index.js'
import { ticked } from './ticker.js'

const [, , what = '', seconds = '1'] = process.argv

/** Records a second. */
const rate = 200
/** Between two bursts of a pace, in milliseconds. */
const beatMs = 10

interface Served {
  readonly url: string
  /** Makes one record, or a few. */
  readonly next: () => Promise<unknown>
  readonly newest: () => Promise<number>
  readonly close: () => Promise<void>
}

/** Many executions at once, as the list shows them. */
async function storm(): Promise<Served> {
  const served = await createEmulator({ clock: 'virtual@2026-03-14T09:24:00Z', seed: 7 })
  const { engine } = served.imageBuilder
  const ids: string[] = []
  for (let n = 0; n < 100; n++) ids.push(await templateOf(`storm-${n}`))
  for (let round = 0; round < 3; round++) {
    for (const id of ids) await started(id)
    await served.clock.advance('2h')
  }
  let turn = 0
  return {
    url: served.url,
    close: () => served.close(),
    newest: () => engine.read((reader) => reader.counter('record')),
    // A start, and then what is due: some statuses change, some end, and there is always one more.
    next: async () => {
      turn += 1
      if (turn % 4 === 0) return started(ids[(turn / 4) % ids.length] ?? '').catch(() => undefined)
      return engine.jump()
    },
  }

  async function templateOf(Name: string): Promise<string> {
    const { ImagePipelineId } = await served.imageBuilder.createTemplate({
      Name,
      RegionId: 'cn-hangzhou',
      BaseImageType: 'IMAGE',
      BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
      ToRegionId: ['cn-beijing', 'cn-shanghai'],
    })
    return ImagePipelineId
  }

  function started(ImagePipelineId: string): Promise<unknown> {
    return served.imageBuilder.startExecution({ ImagePipelineId, RegionId: 'cn-hangzhou' })
  }
}

/** One execution that everything happens to, a thousand steps of it beforehand. */
async function ticks(): Promise<Served> {
  const { engine, id } = await ticked(1_000)
  const inspector = await serveInspector(engine)
  return {
    url: inspector.url,
    next: () => engine.send(id, { type: 'TICK' }),
    newest: () => engine.read((reader) => reader.counter('record')),
    close: async () => {
      await inspector.close()
      await engine.close()
    },
  }
}

const regions =
  'cn-beijing cn-shanghai cn-shenzhen cn-hongkong cn-qingdao cn-zhangjiakou cn-huhehaote cn-chengdu ap-southeast-1 ap-southeast-3 ap-southeast-5 ap-northeast-1 eu-central-1 eu-west-1 us-east-1 us-west-1 me-east-1 ap-southeast-6 ap-southeast-7 ap-northeast-2'.split(
    ' ',
  )

/** One execution as large as the service lets it be: twenty regions, of which many fail at first. */
async function wide(): Promise<Served> {
  const fail = { code: 'Throttling', message: 'Request was denied due to request throttling.' }
  const plan = regions.flatMap((region, index) =>
    index % 3 === 0
      ? []
      : [1, 2].map((attempt) => ({ task: 'copyImage', region, attempt, fail }) as const),
  )
  const served = await createEmulator({ clock: 'virtual@2026-03-14T09:24:00Z', seed: 7, plan })
  const { ImagePipelineId } = await served.imageBuilder.createTemplate({
    Name: 'wide',
    RegionId: 'cn-hangzhou',
    BaseImageType: 'IMAGE',
    BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
    ToRegionId: regions,
    AddAccount: Array.from({ length: 20 }, (_, n) => String(1_203_948_579_120_394 + n)),
    TestContent: 'RUN true',
  })
  await served.imageBuilder.startExecution({ ImagePipelineId, RegionId: 'cn-hangzhou' })
  await served.clock.advance('6h')
  return {
    url: served.url,
    next: () => served.clock.jump(),
    newest: () => served.imageBuilder.engine.read((reader) => reader.counter('record')),
    close: () => served.close(),
  }
}

const ending = new AbortController()

/** Makes records for as long as it was asked, as many a second as it should, evenly. */
async function pace({ next, newest }: Served): Promise<void> {
  const [begun, first] = [performance.now(), await newest()]
  const last = Number(seconds) * 1_000
  for (;;) {
    const passed = performance.now() - begun
    if (passed >= last || ending.signal.aborted) return
    let missing = first + Math.floor((passed * rate) / 1_000) - (await newest())
    for (; missing > 0 && !ending.signal.aborted; missing--) await next()
    await new Promise((resolve) => setTimeout(resolve, beatMs))
  }
}

const makers: Readonly<Record<string, () => Promise<Served>>> = { storm, ticks, wide }
const make = makers[what]
if (make === undefined) throw new Error(`${what} is none of ${Object.keys(makers).join(', ')}`)
const served = await make()
let pacing = Promise.resolve()
process.once('SIGUSR2', () => {
  pacing = pace(served)
})
process.once('SIGTERM', () => {
  ending.abort()
  void pacing.then(() => served.close())
})
process.stdout.write(`${served.url}\n`)
