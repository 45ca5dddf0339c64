import { fault, invalidParameter, missingParameter } from './fault.js'
import type { Fault } from './fault.js'
import type { Fields, ListField, TextField, TextRule } from './field.js'

/** Fields that many operations share. */

const web = ['http://', 'https://']

/** Letters are Latin letters and Chinese characters, as the service documents them. */
const nameShape = {
  matches: /^[A-Za-z\p{Script=Han}][A-Za-z0-9\p{Script=Han}:_.-]*$/u,
  says:
    'start with a letter or a Chinese character and go on with ' +
    'letters, Chinese characters, digits, ":", "_", "." or "-"',
}

export const nameRule = {
  min: 2,
  max: 128,
  pattern: nameShape,
  notStarting: web,
} as const satisfies TextRule

/** An image name given here is a prefix; the ExecutionId follows it, hence the shorter limit. */
export const imageNameRule = { ...nameRule, max: 64 } as const satisfies TextRule

export const imageFamilyRule = {
  min: 2,
  max: 128,
  pattern: {
    matches: /^[A-Za-z\p{Script=Han}][A-Za-z0-9\p{Script=Han}:_-]*$/u,
    says:
      'start with a letter or a Chinese character and go on with ' +
      'letters, Chinese characters, digits, ":", "_" or "-"',
  },
  notStarting: ['aliyun', 'acs:'],
  notContaining: web,
} as const satisfies TextRule

export const descriptionRule = {
  min: 2,
  max: 256,
  notStarting: web,
} as const satisfies TextRule

/** Build, test and component content: 16 KB, counted as bytes of UTF-8. */
export const contentRule = { max: 16_384, unit: 'bytes' } as const satisfies TextRule

export const malformedName = fault('InvalidName.Malformed')
export const malformedDescription = fault('InvalidDescription.Malformed')
export const malformedImageName = fault('InvalidImageName.Malformed')
export const invalidCombination = fault('InvalidParameterCombination')

export const regionId = {
  type: 'text',
  docs: 'The region to work in.',
  required: missingParameter,
  refused: invalidParameter,
} as const satisfies TextField

/** An id that must be given, such as `ImagePipelineId`. */
export function requiredId<const D extends string>(docs: D) {
  return { ...regionId, docs } as const
}

/** Text without limits of its own; whether it names anything is the world's question. */
export function plainText<const D extends string>(docs: D) {
  return { type: 'text', docs, refused: invalidParameter } as const
}

export const clientToken = {
  type: 'text',
  docs: 'Makes a repeated request answer as the first one did instead of acting again.',
  max: 64,
  pattern: { matches: /^[\x20-\x7e]*$/, says: 'be printable ASCII' },
  refused: invalidParameter,
} as const satisfies TextField

export const resourceGroupId = plainText('The resource group that the new resource belongs to.')

/** Parameters of an older account model, still sent by old clients. */
export const legacy = {
  OwnerId: { type: 'ignored', docs: 'Not used any more.' },
  OwnerAccount: { type: 'ignored', docs: 'Not used any more.' },
  ResourceOwnerId: { type: 'ignored', docs: 'Not used any more.' },
  ResourceOwnerAccount: { type: 'ignored', docs: 'Not used any more.' },
} as const satisfies Fields

export const templateTag = {
  type: 'ignored',
  docs: 'Not used any more.',
  deprecated: 'Tag',
} as const

const malformedTagKey: Fault = fault(
  'InvalidTagKey.Malformed',
  'The specified Tag.N.Key is not valid. Tag keys cannot be empty or null, support up to 128 ' +
    'characters, cannot start with "aliyun" or "acs:", and cannot contain "http://" or "https://".',
)

const malformedTagValue: Fault = fault(
  'InvalidTagValue.Malformed',
  'The specified Tag.N.Value is not valid. Tag values support up to 128 characters, and cannot ' +
    'contain "http://" or "https://".',
)

const tag = {
  type: 'object',
  docs: 'A tag.',
  fields: {
    Key: {
      type: 'text',
      docs: 'The key of the tag.',
      required: malformedTagKey,
      max: 128,
      notStarting: ['aliyun', 'acs:'],
      notContaining: web,
      refused: malformedTagKey,
    },
    Value: {
      type: 'text',
      docs: 'The value of the tag; it may be empty.',
      empty: 'value',
      default: '',
      max: 128,
      notStarting: ['acs:'],
      notContaining: web,
      refused: malformedTagValue,
    },
  },
} as const

/** Up to 20 tags with keys that differ. */
export function tags<const D extends string>(docs: D) {
  return {
    type: 'list',
    docs,
    item: tag,
    max: 20,
    tooMany: fault('NumberExceed.Tags'),
    unique: {
      key: 'Key',
      fault: fault('Duplicate.TagKey', 'The Tag.N.Key contain duplicate key.'),
    },
  } as const satisfies ListField
}
