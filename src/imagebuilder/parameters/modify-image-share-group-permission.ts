import { legacy, regionId } from './common.js'
import { fault, invalidParameter, missingParameter } from './fault.js'
import { type Checked, operation } from './field.js'
import { imageId } from './image-fields.js'

function groups<const D extends string>(docs: D) {
  return {
    type: 'list',
    docs,
    item: {
      type: 'choice',
      docs: 'The one group that there is.',
      values: ['all'],
      refused: fault('InvalidGroup.Malformed', 'The specified Group is wrongly formed.'),
    },
    max: 10,
    tooMany: invalidParameter,
  } as const
}

const fields = {
  RegionId: regionId,
  ImageId: imageId,
  AddGroup: groups('The group all: everybody may use the image from now on.'),
  RemoveGroup: groups('The group all: only the owner and the accounts it is shared with.'),
  ...legacy,
} as const

export const modifyImageShareGroupPermission = operation({
  action: 'ModifyImageShareGroupPermission',
  docs: 'The older way to publish an own image to everybody, or to take that back.',
  fields,
  rules: [
    {
      says: 'Something is to be changed.',
      name: 'AddGroup',
      fault: missingParameter,
      broken: ({ AddGroup, RemoveGroup }) =>
        AddGroup === undefined && RemoveGroup === undefined
          ? { reason: 'Give AddGroup or RemoveGroup.' }
          : undefined,
    },
  ],
})

/** What ModifyImageShareGroupPermission was asked for, in normal form. */
export type ModifyImageShareGroupPermissionParameters = Checked<typeof fields>
