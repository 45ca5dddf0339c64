import { expect, it } from 'vitest'
import { createEngine } from '../../src/compose.js'
import type { Json } from '../../src/core/json.js'
import { executionDefinition } from '../../src/imagebuilder/definition.js'
import { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import { memory } from '../../src/store/memory/memory.js'
import { ManualWall } from '../helpers/manual-wall.js'
import { refusal, started, template } from './operations.js'

/** An Image Builder whose tasks take a minute and come to what the test says. */
async function builderOn(
  wall: ManualWall,
  store = memory({ clock: { mode: 'system' } }),
  outputOf: (task: string) => Json = () => null,
): Promise<ImageBuilder> {
  const engine = await createEngine({
    store,
    wall,
    machines: [executionDefinition],
    simulate: ({ src }) => ({ duration: 60_000, outcome: { output: outputOf(src) } }),
    worker: false,
    log: () => undefined,
  })
  return new ImageBuilder(engine)
}

it('a start that is refused says so when nobody works on the execution that runs', async () => {
  const wall = new ManualWall()
  const store = memory({ clock: { mode: 'system' } })
  const builder = await builderOn(wall, store)
  const web = await template(builder)
  await started(builder, web)
  wall.jump(3 * 60_000)
  // This process has the file open, but not the machine.
  const engine = await createEngine({ store, wall, machines: [], worker: false })
  const error = await refusal(started(new ImageBuilder(engine), web))
  expect(error.code).toBe('InvalidImagePipeline.HasRunningExecution')
  expect(error.message).toMatch(
    / It is overdue by 2m: nobody who can do its work has this file open\.$/,
  )
})

it('a start that is refused says so when the execution that runs is stuck', async () => {
  const wall = new ManualWall()
  const builder = await builderOn(wall, undefined, (task) =>
    task === 'shareImage' ? { failed: 5 } : null,
  )
  const web = await template(builder, { AddAccount: ['42'] })
  const id = await started(builder, web)
  wall.jump(60 * 60_000)
  const error = await refusal(started(builder, web))
  expect(error.details['ExecutionId']).toBe(id)
  expect(error.message).toMatch(/ It is stuck \(.+\) and waits for a retry\.$/)
})
