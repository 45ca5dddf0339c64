// Sends many requests of every kind through one gateway, and prints what is left of them in memory:
// [after the first quarter, at the end], in bytes, after a collection of garbage. Run with
// --expose-gc; its argument is how many requests.
import type { Client } from '../client.js'
import { account, emulator, linux, region } from '../emulator.js'

const total = Number(process.argv[2])
/** Of wall time between two rounds: the nonces of half an hour are then some 10,000. */
const pauseMs = 1_000

const key = { AccessKeyId: 'LTAIroot', AccessKeySecret: 'secret' }
const { client, gateway, wall, builder, logged } = await emulator({
  world: { accessKeys: [{ ...key, account }] },
})
gateway.throttle.perMinute = 1_000_000
const v1 = client({ key, signature: 'v1', format: 'XML' })
const v3 = client({ key })

/** One round of ten requests: reads, refusals, junk, and what is made and taken away again. */
async function round(n: number): Promise<void> {
  await wall.advance(pauseMs)
  const send = async (by: Client, action: string, parameters: object): Promise<unknown> =>
    (await by.call(action, { RegionId: region, ...parameters })).body
  await send(v3, 'DescribeImages', { PageSize: 1, ImageId: linux })
  await send(v1, 'DescribeImagePipelines', { Name: `web-${n}` })
  await send(v3, 'DescribeZones', { RegionId: `nowhere-${n}` })
  await send(v1, `MadeUp${n}`, { Junk: 'x'.repeat(n % 1000) })
  await send(v3, 'CreateImagePipeline', { BaseImageType: 'IMAGE', BaseImage: `m-${n}` })
  await send(client({ key: { ...key, AccessKeyId: `LTAI${n}` } }), 'DescribeImages', {})
  const made = await send(v3, 'CreateImageComponent', { Content: `RUN echo ${n}`, Name: `c-${n}` })
  const { ImageComponentId } = made as { readonly ImageComponentId: string }
  await send(v1, 'DeleteImageComponent', { ImageComponentId })
  const junk = Buffer.from([n, n >> 8, 255, 37, 0]).toString('latin1')
  await gateway.handle({ ...v3.request('DescribeImages'), target: `/?${junk}=%${n}` })
  await gateway.handle({ ...v1.request('DescribeImages'), body: Buffer.alloc(n % 5000) })
}

function held(): number {
  globalThis.gc?.()
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return heapUsed + external + arrayBuffers
}

const rounds = total / 10
let first = 0
for (let n = 1; n <= rounds; n++) {
  if (n === Math.ceil(rounds / 4)) first = held()
  await round(n)
}
const last = held()
await builder.engine.close()
console.log(JSON.stringify({ first, last, logged: logged.slice(0, 3) }))
