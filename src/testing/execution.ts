import type { ExecutionStatus } from '../../machines/status.js'
import type { Emulator } from '../emulator/create.js'
import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import { findRows, type Image, type Share } from '../imagebuilder/rows.js'
import { Chronicle } from '../simulate/replay/chronicle.js'
import { Trace } from '../simulate/replay/trace.js'

/** An execution to expect something of. */
export interface ExecutionRef {
  readonly emulator: Pick<Emulator, 'imageBuilder'>
  readonly id: string
}

/** Names an execution to `expect`: `await expect(executionOf(emulator, id)).toReachStatus('SUCCESS')`. */
export function executionOf(emulator: ExecutionRef['emulator'], id: string): ExecutionRef {
  return { emulator, id }
}

/** The statuses that it has had, in order, each once in a row. */
export async function visitedBy({ emulator, id }: ExecutionRef): Promise<readonly string[]> {
  const chronicle = new Chronicle(new Trace(), 0)
  chronicle.name(id, id)
  await chronicle.follow(emulator.imageBuilder)
  return chronicle.visited(id)
}

/** Its status, or `null` when there is no such execution. */
export async function statusOf({ emulator, id }: ExecutionRef): Promise<ExecutionStatus | null> {
  return (await emulator.imageBuilder.execution(id))?.Status ?? null
}

/** An image of an execution with whom it is shared. */
export interface MadeImage extends Pick<Image, 'ImageId' | 'Region' | 'Status'> {
  readonly sharedWith: readonly string[]
}

/** The images that it made, by region. */
export async function imagesOf({ emulator, id }: ExecutionRef): Promise<readonly MadeImage[]> {
  const { engine }: ImageBuilder = emulator.imageBuilder
  return engine.read((reader) =>
    findRows(reader, 'image', { ExecutionId: id }).map(({ ImageId, Region, Status }) => {
      const shares: readonly Share[] = findRows(reader, 'share', { ImageId })
      return { ImageId, Region, Status, sharedWith: shares.map(({ Account }) => Account).sort() }
    }),
  )
}
