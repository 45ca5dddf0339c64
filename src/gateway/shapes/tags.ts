import type { Json } from '../../core/json.js'
import type { Tag } from '../../imagebuilder/rows.js'

/** Tags as every description has them. */
export function tagsShape(tags: readonly Tag[]): { readonly Tag: readonly Json[] } {
  return { Tag: tags.map(tagShape) }
}

export function tagShape({ Key, Value }: Tag): Json {
  return { TagKey: Key, TagValue: Value }
}
