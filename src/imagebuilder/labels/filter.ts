import type { Tag } from '../rows.js'
import type { Labels } from './labels.js'

/** Which tags a resource must have: a key, and its value unless any will do. */
export interface TagFilter {
  readonly Key: string
  readonly Value?: string
}

/** Whether a resource has every one of the tags. */
export function hasTags({ Tag }: Pick<Labels, 'Tag'>, filters: readonly TagFilter[] = []): boolean {
  return filters.every((filter) => Tag.some((tag) => isTag(tag, filter)))
}

function isTag(tag: Tag, { Key, Value }: TagFilter): boolean {
  return tag.Key === Key && (Value === undefined || tag.Value === Value)
}

/** A tag key and what its value may be, `*` at either end standing for anything. */
export interface FuzzyTagFilter {
  readonly TagKey: string
  readonly TagValues?: readonly string[]
}

/** Whether a resource has a tag for every filter, with one of the filter's values. */
export function hasTagsLike(
  { Tag }: Pick<Labels, 'Tag'>,
  filters: readonly FuzzyTagFilter[] = [],
): boolean {
  return filters.every(({ TagKey, TagValues }) =>
    Tag.some(
      ({ Key, Value }) =>
        isLike(Key, TagKey) &&
        (TagValues === undefined || TagValues.some((pattern) => isLike(Value, pattern))),
    ),
  )
}

/** `env` is itself, `env*` what begins with it, `*env` what ends with it, `*env*` what has it. */
function isLike(text: string, pattern: string): boolean {
  const open = pattern.startsWith('*')
  const trailing = pattern.length > 1 && pattern.endsWith('*')
  const word = pattern.slice(open ? 1 : 0, trailing ? -1 : undefined)
  if (open && trailing) return text.includes(word)
  if (open) return text.endsWith(word)
  return trailing ? text.startsWith(word) : text === word
}
