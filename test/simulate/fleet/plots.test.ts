import { describe, expect, it } from 'vitest'
import { playText } from '../../../src/fleet.js'
import { fleetPage } from '../../../src/simulate/fleet/page/page.js'

/** As many values as a sweep may have, each played as little as can be. */
const text = `
name: Swept
lasts: 1h
templates: { web: { BaseImageType: IMAGE, BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd } }
plan: [{ task: buildImage, probability: 0.1, fail: x }]
arrivals: [{ start: web, poisson: 10m }]
stop: { least: 2, most: 2 }
sweep: { probability: 1, values: [${Array.from({ length: 100 }, (_, n) => n / 100).join()}] }
`

describe('the plots of a fleet', () => {
  it('are drawn from four hundred points at most, however much was played', async () => {
    const report = await playText(text, 'swept.yaml', { cores: 1 })
    expect(report.sweep?.points).toHaveLength(100)
    const plots = [...fleetPage(report, '0').matchAll(/<svg.*?<\/svg>/gs)].map(([svg]) => svg)
    expect(plots.length).toBeGreaterThanOrEqual(3)
    const points = plots.map((svg) => {
      const lines = [...svg.matchAll(/ d="([^"]*)"/g)].map(([, d = '']) => d)
      return lines.join('').split(/[ML]/).length - 1 + svg.split('<circle').length - 1
    })
    expect(Math.max(...points)).toBeGreaterThan(200)
    for (const each of points) expect(each).toBeLessThanOrEqual(400)
  })
})
