import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { playText } from '../../../src/fleet.js'
import { fleetCsv } from '../../../src/simulate/fleet/csv.js'
import { findingsOf } from '../../../src/simulate/fleet/findings.js'
import { fleetPage } from '../../../src/simulate/fleet/page/page.js'
import { renderFleet } from '../../../src/simulate/fleet/text.js'
import { compiled } from '../../helpers/programs.js'

/** A small fleet with something of everything. */
const text = `
name: A <small> fleet
about: With "everything" & more.
lasts: 12h
warmup: 1h
templates:
  web:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
    RepairMode: Standard
    TestContent: COMPONENT ic-syscheckport00000000 --port 22
    ToRegionId: [cn-beijing]
    AddAccount: ["42", "666"]
world: { accounts: [{ AccountId: "666", closed: true }] }
repeat: { web: 6 }
plan:
  - { task: buildImage, duration: { logNormal: { median: 4m, p95: 9m } } }
  - { task: testImage, probability: 0.1, fail: x }
  - { task: copyImage, template: web, probability: 0.3, fail: x }
  - { outage: cn-beijing, during: { from: 3h, to: 4h } }
arrivals:
  - { start: web, pick: one, poisson: 4m }
  - { start: web, cron: "0 */6 * * *", delay: { uniform: { from: 0s, to: 5m } } }
  - { start: web, pick: one, bursts: { poisson: 3h, size: 4, within: 10m } }
  - { start: web, pick: one, bursts: { every: 5h, size: 2 } }
  - { start: web, at: [90m], delay: 1m }
  - { start: web, pick: one, every: 50m, from: 5m }
limits: { live: 4, copiesPerRegion: 1 }
goal: 20m
stop: { least: 3, most: 4 }
sweep: { probability: 3, values: [0, 0.5] }
`

const played = () => playText(text, 'small.yaml', { cores: 1 })

describe('a fleet', () => {
  it('counts every start: refused, or begun and ended in one of five ways', async () => {
    const { point } = await played()
    const refused = (point.refusedRunning.value + point.refusedLive.value) * point.asked
    expect(Math.round(refused) + point.began).toBe(point.asked)
    expect(point.refusedRunning.value).toBeGreaterThan(0)
    expect(point.refusedLive.value).toBeGreaterThan(0)
    const ends = point.outcomes.reduce((sum, { share }) => sum + share.value, 0)
    expect(ends).toBeCloseTo(1, 12)
    // One account is closed: no image is shared with all, so none is a full success.
    expect(point.outcomes.find(({ status }) => status === 'SUCCESS')?.share.value).toBe(0)
    const inAll = point.statuses.reduce((sum, { mean }) => sum + mean.value, 0)
    expect(inAll).toBeCloseTo(point.leadTime.mean.value, 3)
    expect(point.pools).toHaveLength(1)
    expect(point.pools[0]?.slots).toBe(1)
  })

  it('is the same to the byte on one core and on two', async () => {
    const [one, two] = [await played(), await playText(text, 'small.yaml', { cores: 2 })]
    expect(JSON.stringify(two)).toBe(JSON.stringify(one))
  })

  it('is the same in another process, time zone and language', async () => {
    const { hash } = await played()
    const code =
      'import(process.env.MODULE).then(async ({ playText }) => process.stdout.write(' +
      "(await playText(process.env.FLEET, 'small.yaml', { cores: 1 })).hash))"
    const there = execFileSync(process.execPath, ['-e', code], {
      env: {
        ...process.env,
        MODULE: compiled('src/fleet'),
        FLEET: text,
        TZ: 'Asia/Tokyo',
        LANG: 'tr_TR.UTF-8',
        LC_ALL: 'tr_TR.UTF-8',
      },
    })
    expect(there.toString()).toBe(hash)
  })

  it('is another with another seed', async () => {
    const other = await playText(text, 'small.yaml', { cores: 1, seed: 2 })
    expect(other.hash).not.toBe((await played()).hash)
  })

  it('draws alike for every value of a sweep: raising a probability makes nothing better', async () => {
    const { sweep } = await played()
    const [never, often] = sweep?.points ?? []
    expect(never?.asked).toBe(often?.asked)
    expect(never?.leadTime.mean.value).toBeLessThan(often?.leadTime.mean.value ?? 0)
  })

  it('stops when its bounds are tight enough, and at the most runs', async () => {
    const loose = text.replace('least: 3, most: 4', 'precision: 0.5, least: 2, most: 9')
    const { point } = await playText(loose, 'small.yaml', { cores: 1 })
    expect([point.runs < 9, point.precise]).toEqual([true, true])
    expect((await played()).point.runs).toBe(4)
    expect((await playText(text, 'small.yaml', { cores: 1, runs: 2 })).point.runs).toBe(2)
  })

  it('tells how far it is, and ends when it is given up', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const given = playText(text, 'small.yaml', {
      cores: 1,
      signal: controller.signal,
      onProgress({ point, points, runs }) {
        seen.push(runs)
        expect([point, points]).toEqual([1, 3])
        if (runs === 2) controller.abort()
      },
    })
    await expect(given).rejects.toThrow(/aborted/)
    expect(seen.slice(0, 2)).toEqual([1, 2])
  })

  it('names the line of a template that the service would refuse', async () => {
    const wrong = text.replace('ToRegionId: [cn-beijing]', 'ToRegionId: [cn-nowhere]')
    await expect(playText(wrong, 'small.yaml')).rejects.toThrow(
      /^small\.yaml:7:3: the service refuses it: /,
    )
  })
})

describe('what a fleet came to', () => {
  it('is told as text, as CSV and as a page that fetches nothing', async () => {
    const report = await played()
    const shown = renderFleet(report, '1.2.3')
    expect(shown).toContain('A <small> fleet  (seed 1, 6 templates)')
    expect(shown).toContain('over 20m')
    expect(shown).toMatch(/! not all bounds are within 2\.0 % in \d of 3 points/)
    expect(shown).toContain(`trace ${report.hash.slice(0, 16)}, bakeline 1.2.3`)
    const csv = fleetCsv(report)
    expect(csv.split('\r\n')[0]).toBe('sweep,measure,of,value,low,high')
    expect(csv.split('\r\n').filter((line) => line.startsWith('0.5,lead time,p95'))).toHaveLength(1)
    const page = fleetPage(report, '1.2.3')
    expect(page).toContain('A &lt;small&gt; fleet')
    expect(page).toContain('With &quot;everything&quot; &amp; more.')
    expect(page).not.toMatch(/<script|https?:|src=|@import|url\(/)
    // At most four hundred points a plot.
    for (const [path] of page.matchAll(/ d="[^"]*"/g))
      expect(path.split('L').length).toBeLessThan(400)
    expect(page).not.toContain('NaN')
  })

  it('has what stands out first', async () => {
    const findings = findingsOf(await played())
    expect(findings.length).toBeGreaterThan(2)
    const weights = findings.map(({ weight }) => weight)
    expect(weights).toEqual(weights.toSorted((a, b) => b - a))
  })

  it('has no figures, but no nonsense either, where nothing gave an image', async () => {
    const failing = text
      .replace('task: testImage, probability: 0.1', 'task: buildImage')
      .replace(
        'sweep: { probability: 3, values: [0, 0.5] }',
        'sweep: { limit: live, values: [1, 2] }',
      )
    const report = await playText(failing, 'small.yaml', { cores: 1, runs: 2 })
    expect(report.point.usable).toBe(0)
    expect(renderFleet(report, '1')).toContain('–')
    expect(fleetPage(report, '1')).toContain('No execution gave an image.')
    expect(fleetPage(report, '1')).not.toContain('NaN')
  })
})
