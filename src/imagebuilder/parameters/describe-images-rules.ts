import { fault, missingParameter } from './fault.js'
import type { Broken, Rule } from './field.js'

/** Every status of an image, as the service lists them. */
const imageStatuses = [
  'Creating',
  'Waiting',
  'Available',
  'UnAvailable',
  'CreateFailed',
  'Deprecated',
] as const

/** What the rules look at. */
interface Asked {
  readonly Status?: string
  readonly Usable?: boolean
  readonly ImageOwnerAlias?: string
  readonly ImageOwnerId?: string
  readonly IsPublic: boolean
  readonly Filter?: readonly { readonly Key: string; readonly Value?: string }[]
  readonly Tag?: readonly { readonly Key?: string; readonly Value?: string }[]
}

const invalidFilterValue = fault(
  'InvalidFilterValue',
  'The specified Filter Value is not valid.',
  404,
)

/** The legal values of a filter, by its key; a pattern for times. */
const filterValues: Readonly<Record<string, readonly string[]>> = {
  CpuOnlineUpgrade: ['supported', 'unsupported'],
  CpuOnlineDowngrade: ['supported', 'unsupported'],
  MemoryOnlineUpgrade: ['supported', 'unsupported'],
  MemoryOnlineDowngrade: ['supported', 'unsupported'],
}

export const describeImagesRules: readonly Rule<Asked>[] = [
  {
    says: 'Status is a list of statuses, or ALL alone.',
    name: 'Status',
    fault: fault('InvalidParamter', 'Invalid Parameter.'),
    broken: ({ Status }) => (Status === undefined ? undefined : brokenStatus(Status)),
  },
  {
    says: 'Usable stands beside a Status.',
    name: 'Status',
    fault: missingParameter,
    broken: ({ Status, Usable }) =>
      Usable !== undefined && Status === undefined
        ? { reason: 'Give Status with Usable.' }
        : undefined,
  },
  {
    says: 'IsPublic=true asks for community images, which are the images of others.',
    name: 'IsPublic',
    fault: fault(
      'InvalidImageOwnerAlias.PublicImageUnsupported',
      'When querying images, the parameter ImageOwnerAlias should be others while specified ' +
        'parameter IsPublic is true.',
    ),
    broken: ({ IsPublic, ImageOwnerAlias }) =>
      IsPublic && ImageOwnerAlias !== 'others'
        ? { reason: 'Give ImageOwnerAlias=others with IsPublic=true.' }
        : undefined,
  },
  {
    says: 'ImageOwnerId is about the images of others only.',
    name: 'ImageOwnerId',
    fault: fault(
      'InvalidOperation.ImageOwnerIdUnsupported',
      'The parameter "ImageOwnerId" is not supported in this context, it is only valid when ' +
        'querying shared images or community images.',
    ),
    broken: ({ ImageOwnerId, ImageOwnerAlias = 'others' }) =>
      ImageOwnerId !== undefined && ImageOwnerAlias !== 'others'
        ? { reason: 'Give ImageOwnerAlias=others with ImageOwnerId, or leave it out.' }
        : undefined,
  },
  {
    says: 'A tag has a key.',
    name: 'Tag',
    fault: fault('InvalidTag.Mismatch', 'The specified Tag.n.Key and Tag.n.Value are not match.'),
    broken: ({ Tag = [] }) =>
      Tag.some(({ Key }) => Key === undefined)
        ? { reason: 'Give Tag.N.Key with every Tag.N.Value.' }
        : undefined,
  },
  {
    says: 'A NetworkType is vpc or classic.',
    name: 'Filter',
    fault: fault(
      'InvalidFilterValue.NetworkType',
      'The specified networkType value in the Filter is invalid.',
    ),
    broken: ({ Filter = [] }) =>
      Filter.some(({ Key, Value = '' }) => Key === 'NetworkType' && !/^(vpc|classic)$/.test(Value))
        ? { reason: 'Give vpc or classic as the Value of NetworkType.' }
        : undefined,
  },
  {
    says: 'Times of a filter are yyyy-MM-ddTHH:mmZ; the others say supported or unsupported.',
    name: 'Filter',
    fault: invalidFilterValue,
    broken: ({ Filter = [] }) => {
      const wrong = Filter.find((each) => !isFilterValue(each.Key, each.Value ?? ''))
      return wrong && { reason: `"${wrong.Value ?? ''}" is no value of ${wrong.Key}.` }
    },
  },
]

function brokenStatus(Status: string): Broken | undefined {
  if (Status === 'ALL') return undefined
  const known: readonly string[] = imageStatuses
  const wrong = Status.split(',').find((word) => !known.includes(word.trim()))
  return wrong === undefined
    ? undefined
    : { reason: `"${wrong.slice(0, 50)}" is no status; legal: ${known.join(', ')}, or ALL alone.` }
}

function isFilterValue(key: string, value: string): boolean {
  if (key === 'NetworkType') return true
  const legal = filterValues[key]
  if (legal !== undefined) return legal.includes(value)
  return /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(value) && !Number.isNaN(Date.parse(value))
}
