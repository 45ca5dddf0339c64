import { fault, invalidParameter } from './fault.js'
import type { Fields } from './field.js'

/** Parameters of lists that go on by token, such as DescribeImagePipelines. */
export const tokenPageFields = {
  MaxResults: {
    type: 'integer',
    docs: 'How many entries a page has.',
    min: 1,
    max: 500,
    default: 50,
    refused: invalidParameter,
  },
  NextToken: {
    type: 'text',
    docs: 'Where the page begins: the NextToken of the answer before.',
    refused: fault('Invalid.NextToken', 'The specified NextToken is not valid.', 403),
  },
} as const satisfies Fields
