import type { ExecutionEmitted } from '../../machines/execution-events.js'
import type { CatalogWrite } from '../core/ports.js'
import { deleteRow, type Image, insertRow, patchRow, timeText } from './rows.js'

/** What becomes of the images, written in the transaction of the step that decides it. */
export function imageWrites(
  event: ExecutionEmitted,
  { at }: { readonly at: number },
): readonly CatalogWrite[] {
  const { imageId } = event
  switch (event.type) {
    case 'image.creating':
      return [insertRow('image', imageId, newImage(event, '', at))]
    case 'image.copying':
      return [insertRow('image', imageId, newImage(event, event.sourceImageId, at))]
    case 'image.available':
    case 'image.copied':
      return [patchRow('image', imageId, { Status: 'Available' })]
    case 'image.copyFailed':
      return [patchRow('image', imageId, { Status: 'CreateFailed' })]
    case 'image.removed':
      return [deleteRow('image', imageId)]
    case 'image.shared':
      // A call may have shared it meanwhile: the row is put in its place, not refused.
      return event.accounts.flatMap((account) => [
        deleteRow('share', `${imageId}/${account}`),
        insertRow('share', `${imageId}/${account}`, {
          ImageId: imageId,
          Region: event.region,
          Account: account,
          SharedTime: timeText(at),
        }),
      ])
  }
}

type Beginning = Extract<ExecutionEmitted, { type: 'image.creating' | 'image.copying' }>

function newImage(event: Beginning, sourceImageId: string, at: number): Image {
  return {
    ImageId: event.imageId,
    ImageName: event.imageName,
    ImageFamily: event.imageFamily,
    Region: event.region,
    Account: event.account,
    Status: 'Creating',
    ExecutionId: event.executionId,
    ImagePipelineId: event.templateId,
    SourceImageId: sourceImageId,
    OSType: event.osType,
    CreationTime: timeText(at),
  }
}
