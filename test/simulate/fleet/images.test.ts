import { expect, test } from 'vitest'
import { playText } from '../../../src/fleet.js'

const template = 'BaseImageType: IMAGE, BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd'

/** How many of a day's executions ended how, with a start of each template every hour. */
async function ends(
  templates: Readonly<Record<string, string>>,
  limits: string,
  plan = '[]',
): Promise<Readonly<Record<string, number>>> {
  const text = `
name: a day
lasts: 24h
templates:
${Object.entries(templates)
  .map(([name, more]) => `  ${name}: { ${template}${more} }`)
  .join('\n')}
plan: ${plan}
arrivals: [{ every: 1h }]
limits: { ${limits} }
stop: { least: 2, most: 2 }
`
  const { point } = await playText(text, 'day.yaml', { cores: 1 })
  const counts = point.outcomes.map(({ status, share }) => {
    return [status, Math.round(share.value * point.began) / 2] as const
  })
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

test('a region takes as many images as fit, and what does not fit fails', async () => {
  expect(await ends({ web: '' }, 'imagesPerRegion: 10')).toEqual({ SUCCESS: 10, FAILED: 14 })
})

test('any number fits where nothing is said', async () => {
  expect(await ends({ web: '' }, '')).toEqual({ SUCCESS: 24 })
})

test('whoever keeps only the newest of a template has room for ever', async () => {
  const limits = 'imagesPerRegion: 5, imagesKept: 3'
  expect(await ends({ web: '' }, limits)).toEqual({ SUCCESS: 24 })
  // One too few to keep three and make the next of both.
  const two = await ends({ web: '', app: '' }, limits)
  expect(two['FAILED']).toBeGreaterThan(0)
})

test('a copy that does not fit costs its region alone', async () => {
  const both = { web: ', ToRegionId: [cn-beijing]', app: ', RegionId: cn-beijing' }
  // Two images an hour in Beijing, one in Hangzhou.
  expect(await ends(both, 'imagesPerRegion: 10')).toEqual({
    SUCCESS: 10,
    PARTITION_SUCCESS: 5,
    FAILED: 33,
  })
})

test('an attempt that fails leaves no image', async () => {
  const plan = '[{ task: buildImage, probability: 0.5, fail: x }]'
  const { SUCCESS } = await ends({ web: '' }, 'imagesPerRegion: 5', plan)
  expect(SUCCESS).toBe(5)
})
