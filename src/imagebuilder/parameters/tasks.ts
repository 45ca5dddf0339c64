import { legacy, plainText, regionId } from './common.js'
import { fault, invalidParameter } from './fault.js'
import { operation } from './field.js'
import { pageNumber, pageSize } from './image-fields.js'
import { anyOf } from './world-fields.js'

/**
 * Tasks in the words of ECS: imports and exports of images, moves of instances, changes of disks.
 * Templates make none of them, so that there is never one; their executions are not tasks.
 */

/** In the words of these operations. */
const missing = fault(
  'MissingParameter',
  'An input parameter "{name}" that is mandatory for processing the request is not supplied.',
)

const region = { ...regionId, required: missing } as const
const taskId = { ...region, docs: 'The task.' } as const

/** A time as clients write it, with seconds or without. */
function time<const D extends string>(docs: D) {
  return {
    type: 'text',
    docs,
    pattern: {
      matches: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/,
      says: 'be a UTC time such as 2026-01-05T02:00:00Z',
    },
    refused: invalidParameter,
  } as const
}

export const describeTasks = operation({
  action: 'DescribeTasks',
  docs: 'Lists tasks such as imports of images; executions of templates are not among them.',
  fields: {
    RegionId: region,
    ResourceIds: anyOf('The resources that the tasks are about.', 100),
    TaskIds: plainText('Tasks by their ids, up to 100 with commas between.'),
    TaskAction: {
      type: 'choice',
      docs: 'The operation that made the tasks.',
      values: [
        'ImportImage',
        'ExportImage',
        'RedeployInstance',
        'ModifyDiskSpec',
        'ArchiveSnapshot',
      ],
      refused: invalidParameter,
    },
    TaskStatus: plainText('Finished, Processing or Failed; another word makes no difference.'),
    TaskGroupId: plainText('The group of the tasks.'),
    StartTime: time('The earliest time that the tasks were made at.'),
    EndTime: time('The latest time that the tasks were made at.'),
    PageNumber: pageNumber,
    PageSize: pageSize,
    ...legacy,
  },
})

export const describeTaskAttribute = operation({
  action: 'DescribeTaskAttribute',
  docs: 'Describes one task and how far it is.',
  fields: { RegionId: region, TaskId: taskId, ...legacy },
})

export const cancelTask = operation({
  action: 'CancelTask',
  docs: 'Cancels an import or export of an image.',
  fields: { RegionId: region, TaskId: taskId, ...legacy },
})
