import { legacy, plainText, regionId } from './common.js'
import { fault, invalidParameter, missingParameter } from './fault.js'
import { type Checked, operation } from './field.js'
import { dryRun, imageId } from './image-fields.js'

function accounts<const D extends string>(docs: D) {
  return {
    type: 'list',
    docs,
    item: plainText('The id of an account.'),
    // Ten count; more are passed over rather than refused, as the service does.
    max: 1_000,
    tooMany: invalidParameter,
  } as const
}

const fields = {
  RegionId: regionId,
  ImageId: imageId,
  AddAccount: accounts('Who may use the image from now on; the first ten count.'),
  RemoveAccount: accounts('Who may not use it any more; the first ten count.'),
  IsPublic: {
    type: 'boolean',
    docs: 'True publishes the image as a community image, false takes that back.',
    otherwise: 'it stays as it is',
    refused: invalidParameter,
  },
  LaunchPermission: plainText('Not open to the public; accepted where it stands alone.'),
  DryRun: dryRun,
  ...legacy,
} as const

export const modifyImageSharePermission = operation({
  action: 'ModifyImageSharePermission',
  docs: 'Shares an own image with other accounts, or with everybody.',
  fields,
  rules: [
    {
      says: 'LaunchPermission does not stand beside accounts.',
      name: 'LaunchPermission',
      fault: fault(
        'UnnecessaryParameter.LaunchPermission',
        'The specified parameter "LaunchPermission" is unnecessary if paramter "AddAccounts" or ' +
          '"RemoveAccounts" exist.',
      ),
      broken: ({ LaunchPermission, AddAccount, RemoveAccount }) =>
        LaunchPermission !== undefined && (AddAccount ?? RemoveAccount) !== undefined
          ? { reason: 'Leave LaunchPermission out.' }
          : undefined,
    },
    {
      says: 'IsPublic=true does not stand beside accounts.',
      name: 'IsPublic',
      fault: fault(
        'InvalidParameter.IsPublic',
        'The specified parameter IsPublic is conflicted with other parameters.',
        403,
      ),
      broken: ({ IsPublic, AddAccount, RemoveAccount }) =>
        IsPublic === true && (AddAccount ?? RemoveAccount) !== undefined
          ? { reason: 'Publish in one call, share in another.' }
          : undefined,
    },
    {
      says: 'Something is to be changed.',
      name: 'AddAccount',
      fault: missingParameter,
      broken: ({ IsPublic, AddAccount, RemoveAccount, LaunchPermission }) =>
        [IsPublic, AddAccount, RemoveAccount, LaunchPermission].every((each) => each === undefined)
          ? { reason: 'Give AddAccount, RemoveAccount or IsPublic.' }
          : undefined,
    },
  ],
})

/** What ModifyImageSharePermission was asked for, in normal form. */
export type ModifyImageSharePermissionParameters = Checked<typeof fields>
