import { descriptionRule, imageFamilyRule, nameRule, regionId } from './common.js'
import { fault, invalidParameter } from './fault.js'
import type { BooleanField, ChoiceField, IntegerField, TextField, TextRule } from './field.js'

/** Fields and faults that the operations on images share. */

/** An image's name as calls give it; that of an execution's image is put together elsewhere. */
const imageNameOfCall = {
  ...nameRule,
  notStarting: ['aliyun', 'acs:', ...nameRule.notStarting],
} as const satisfies TextRule

const malformedName = fault(
  'InvalidImageName.Malformed',
  'Image names must be between 2 and 128 characters long, using either English or Chinese ' +
    'characters. The name must start with a letter or a Chinese character, and can include ' +
    'numbers, colons, underscores and hyphens.',
)

const malformedDescription = fault(
  'InvalidDescription.Malformed',
  'The specified description is wrongly formed.',
)

export const imageName = {
  type: 'text',
  docs: 'The name of the image, unique among those of the account in the region.',
  ...imageNameOfCall,
  refused: malformedName,
} as const satisfies TextField

export const description = {
  type: 'text',
  docs: 'The description of the image.',
  ...descriptionRule,
  refused: malformedDescription,
} as const satisfies TextField

/** @param message the words of the operation's own table */
export function imageFamily<const M extends string>(message: M) {
  return {
    type: 'text',
    docs: 'The family of the image; its newest available image stands for it.',
    ...imageFamilyRule,
    refused: fault('InvalidImageFamily.Malformed', message),
  } as const satisfies TextField
}

/** The image that an operation is about, by its id. */
export const imageId = { ...regionId, docs: 'The image.' } as const satisfies TextField

export const dryRun = {
  type: 'boolean',
  docs: 'Checks the request and does nothing; DryRunOperation says that all was well.',
  default: false,
  refused: invalidParameter,
} as const satisfies BooleanField

export const pageNumber = {
  type: 'integer',
  docs: 'Which page, from 1.',
  min: 1,
  max: 1_000_000,
  default: 1,
  refused: invalidParameter,
} as const satisfies IntegerField

export const pageSize = {
  type: 'integer',
  docs: 'How many entries a page has.',
  min: 1,
  max: 100,
  default: 10,
  refused: invalidParameter,
} as const satisfies IntegerField

export const bootMode = {
  type: 'choice',
  docs: 'How instances of the image boot.',
  values: ['BIOS', 'UEFI', 'UEFI-Preferred'],
  refused: fault(
    'InvalidBootMode.NotSupport',
    'The specified parameter BootMode is not supported.',
  ),
} as const satisfies ChoiceField

export const imdsSupport = {
  type: 'choice',
  docs: 'Which access to instance metadata the image supports.',
  values: ['v1', 'v2'],
  refused: fault(
    'InvalidParameter.FeaturesImdsSupport',
    'The specified parameter Features.ImdsSupport is not supported.',
  ),
} as const satisfies ChoiceField
