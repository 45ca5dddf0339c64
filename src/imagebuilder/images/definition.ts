import { imageMachine, type ImageRunEmitted, imageRunStatus } from '../../../machines/image.js'
import type { CatalogWrite } from '../../core/ports.js'
import type { State } from '../../core/stepper.js'
import type { EmitHandler, MachineDefinition } from '../../engine/definition.js'
import { policies } from '../definition.js'
import { deleteRow, patchRow } from '../rows.js'

const onImage: EmitHandler = (data): readonly CatalogWrite[] => {
  const event = data as unknown as ImageRunEmitted
  switch (event.type) {
    case 'image.available':
      return [patchRow('image', event.imageId, { Status: 'Available' })]
    case 'image.failed':
      return [patchRow('image', event.imageId, { Status: 'CreateFailed' })]
    case 'image.removed':
      return [deleteRow('image', event.imageId)]
  }
}

function statusOf({ value, status }: Pick<State, 'value' | 'status'>): string {
  return status === 'stopped'
    ? 'Cancelled'
    : imageRunStatus(value as Parameters<typeof imageRunStatus>[0])
}

/**
 * The machine of single images, with all that the engine is to know of it. A copy is tried as often
 * as one of an execution, and queues with those for the same slots.
 */
export const imageDefinition: MachineDefinition<typeof imageMachine> = {
  machine: imageMachine,
  policies: { copyImage: policies.copyImage },
  status: statusOf,
  on: { 'image.available': onImage, 'image.failed': onImage, 'image.removed': onImage },
}
