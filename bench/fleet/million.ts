/** Plays a fleet of so many executions on two cores, and prints its peak memory and its time. */
import { playText } from '../../src/fleet.js'

const wanted = Number(process.argv[2] ?? 1_000_000)
/** Starts come every ten seconds; a run lasts some days, so that few executions live at a time. */
const inRun = Math.min(20_000, Math.ceil(wanted / 4))
const runs = Math.max(2, Math.ceil(wanted / inRun))

const text = `
name: A million executions
lasts: ${inRun * 10}s
templates:
  web:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
    RepairMode: Standard
    TestContent: COMPONENT ic-syscheckport00000000 --port 22
    ToRegionId: [cn-beijing, cn-shanghai, cn-zhangjiakou]
    AddAccount: ["1284387915995949", "1284387915995950"]
plan:
  - { task: buildImage, duration: { logNormal: { median: 4m, p95: 9m } } }
  - { task: copyImage, duration: { exponential: { mean: 2m } } }
  - { task: copyImage, probability: 0.02, fail: no capacity }
arrivals: [{ poisson: 10s }]
limits: { perTemplate: none, copiesPerRegion: none }
stop: { least: ${runs}, most: ${runs} }
`

const begin = performance.now()
const { point } = await playText(text, 'million.yaml', { cores: 2 })
const seconds = (performance.now() - begin) / 1_000
const megabytes = process.resourceUsage().maxRSS / 1_024
process.stdout.write(`${JSON.stringify({ executions: point.played, seconds, megabytes })}\n`)
