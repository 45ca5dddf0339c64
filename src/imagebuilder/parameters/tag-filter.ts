import { fault } from './fault.js'
import type { ListField } from './field.js'

const malformedKey = fault('InvalidTagKey.Malformed', 'The specified Tag.n.Key is not valid.')

/**
 * Up to 20 tags that a resource must have. Only lengths are checked: the keys of the service's own,
 * such as `acs:rm:rgId`, may be asked for. An empty value cannot be told from none on the wire.
 */
export function tagFilters<const D extends string>(docs: D) {
  return {
    type: 'list',
    docs,
    item: {
      type: 'object',
      docs: 'A tag.',
      fields: {
        Key: {
          type: 'text',
          docs: 'The key of the tag.',
          required: malformedKey,
          max: 128,
          refused: malformedKey,
        },
        Value: {
          type: 'text',
          docs: 'The value of the tag.',
          otherwise: 'any value will do',
          max: 128,
          refused: fault('InvalidTagValue.Malformed', 'The specified Tag.n.Value is not valid.'),
        },
      },
    },
    max: 20,
    tooMany: fault('NumberExceed.Tags'),
    unique: {
      key: 'Key',
      fault: fault('Duplicate.TagKey', 'The Tag.N.Key contain duplicate key.'),
    },
  } as const satisfies ListField
}
