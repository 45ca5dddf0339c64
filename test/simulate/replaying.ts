import { replayScenario } from '../../src/compose.js'
import type { Beat, Replayed } from '../../src/simulate/replay/types.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'

/** What the scenarios of these tests begin with; their steps follow. */
const head = `name: Under test
world:
  accounts: [{ AccountId: "666", closed: true }]
templates:
  web:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
    ToRegionId: [cn-beijing]
    AddAccount: ["42", "666"]
  api:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
components:
  tool: { Content: RUN yum update -y }
plan:
  - { task: copyImage, attempt: 1, fail: { code: Busy, message: Come back later. } }
steps:
`

/** Replays steps, one a line without the dash, on a store in memory. */
export function replaySteps(...steps: readonly string[]): Promise<Replayed> {
  return replayText(head + steps.map((step) => `  - ${step}\n`).join(''))
}

function replayText(text: string): Promise<Replayed> {
  return replayScenario(loadScenario(text, 'x.yaml'), ':memory:')
}

/** The last step that was played. */
export function lastOf({ beats }: Replayed): Beat {
  const beat = beats.at(-1)
  if (!beat) throw new Error('nothing was played')
  return beat
}

/** What the last of these steps failed with. */
export async function failuresOf(...steps: readonly string[]): Promise<readonly string[]> {
  return lastOf(await replaySteps(...steps)).failures
}
