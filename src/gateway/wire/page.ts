import { invalidParameter } from '../../imagebuilder/parameters/fault.js'
import type { Fields } from '../../imagebuilder/parameters/field.js'

/** Parameters of lists with numbered pages, such as DescribeImages. */
export const numberedPageFields = {
  PageNumber: {
    type: 'integer',
    docs: 'The number of the page, from 1.',
    min: 1,
    max: 1_000_000,
    default: 1,
    refused: invalidParameter,
  },
  PageSize: {
    type: 'integer',
    docs: 'How many entries a page has.',
    min: 1,
    max: 100,
    default: 10,
    refused: invalidParameter,
  },
} as const satisfies Fields

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
    refused: invalidParameter,
  },
} as const satisfies Fields

/** One page of a list. A page after the last is empty, and says how many there are in all. */
export function numberedPage<T>(
  all: readonly T[],
  { PageNumber, PageSize }: { readonly PageNumber: number; readonly PageSize: number },
): {
  readonly TotalCount: number
  readonly PageNumber: number
  readonly PageSize: number
  readonly rows: readonly T[]
} {
  const start = (PageNumber - 1) * PageSize
  return {
    TotalCount: all.length,
    PageNumber,
    PageSize,
    rows: all.slice(start, start + PageSize),
  }
}
