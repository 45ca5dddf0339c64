import { plainText } from './common.js'
import { type Fault, fault, invalidParameter } from './fault.js'
import type { ChoiceField, IntegerField, ListField, TextField } from './field.js'

/** Fields that the reads about what exists share: regions, zones, stock, networks. */

/** The older clients for Go send the region of their settings with every call. */
export const sentByClients = {
  type: 'ignored',
  docs: 'Sent along by some clients; the answer does not depend on it.',
} as const

/** Words are in English, whatever is asked for; a language that is none is refused. */
export function acceptLanguage(refused: Fault) {
  return {
    type: 'choice',
    docs: 'The language of names; they are in English here, whatever is asked for.',
    values: ['zh-CN', 'zh-TW', 'en-US', 'ja', 'fr', 'de', 'ko'],
    default: 'zh-CN',
    refused,
  } as const satisfies ChoiceField
}

export const noSuchLanguage = fault(
  'InvalidAcceptLanguage.NotFound',
  'The specified AcceptLanguage is not found.',
  404,
)

/** What instances are paid by makes no difference to what there is. */
export function chargeType<const V extends readonly string[]>(values: V, refused: Fault) {
  return {
    type: 'choice',
    docs: 'How instances are paid; it makes no difference here.',
    values,
    default: 'PostPaid',
    refused,
  } as const satisfies ChoiceField
}

export function spotStrategy(refused: Fault) {
  return {
    type: 'choice',
    docs: 'How spot instances bid; it makes no difference here.',
    values: ['NoSpot', 'SpotWithPriceLimit', 'SpotAsPriceGo'],
    default: 'NoSpot',
    refused,
  } as const satisfies ChoiceField
}

/** A number with a fraction, kept as text: some clients send `8.000000`. */
export function decimal<const D extends string>(docs: D, refused: Fault = invalidParameter) {
  return {
    type: 'text',
    docs,
    pattern: { matches: /^\d{1,7}(\.\d{1,6})?$/, says: 'be a decimal number such as 8 or 0.5' },
    refused,
  } as const satisfies TextField
}

export function cores<const D extends string>(docs: D) {
  return {
    type: 'integer',
    docs,
    min: 0,
    max: 10_000,
    refused: invalidParameter,
  } as const satisfies IntegerField
}

/** Up to ten texts to choose among. */
export function anyOf<const D extends string>(docs: D, max = 10) {
  return {
    type: 'list',
    docs,
    item: plainText('One of them.'),
    max,
    tooMany: invalidParameter,
  } as const satisfies ListField
}

/** Pages of the products beside ECS. */
export function pageOf(largest: number) {
  return {
    type: 'integer',
    docs: 'How many entries a page has.',
    min: 1,
    max: largest,
    default: 10,
    refused: invalidParameter,
  } as const satisfies IntegerField
}

/** Tags of things that have none here, so that any that is asked for finds nothing. */
export const tagsOfNone = {
  type: 'list',
  docs: 'Tags to find by; nothing of the world has any, so that they find nothing.',
  item: {
    type: 'object',
    docs: 'A tag.',
    fields: {
      Key: plainText('The key of the tag.'),
      Value: plainText('The value of the tag.'),
    },
  },
  max: 20,
  tooMany: invalidParameter,
} as const satisfies ListField
