/** What a JSON Schema allows at a place of a YAML text, told from its indentation. */

export interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly definitions?: Readonly<Record<string, Schema>>
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}

/** The words that may stand at the end of a text, those that begin as it ends first. */
export function completions(schema: Schema, before: string): readonly string[] {
  const lines = before.split('\n')
  const last = lines.at(-1) ?? ''
  const value = /^(\s*(?:- )*)([\w-]+):\s+([\w.-]*)$/.exec(last)
  const typed = /[\w.-]*$/.exec(last)?.[0] ?? ''
  const path = pathAt(lines)
  const here = path.reduce<readonly Schema[]>(
    (schemas, key) => schemas.flatMap((each) => below(schema, each, key)),
    [schema],
  )
  const words =
    value === null
      ? here.flatMap((each) => keysOf(schema, each)).map((key) => `${key}: `)
      : here
          .flatMap((each) => below(schema, each, value[2] ?? ''))
          .flatMap((each) => wordsOf(schema, each))
  const distinct = [...new Set(words)].filter((word) => word !== typed)
  return distinct.filter((word) => word.startsWith(typed))
}

/** The keys around the last line, `-` for an entry of a list. */
function pathAt(lines: readonly string[]): readonly string[] {
  const last = lines.at(-1) ?? ''
  const found: string[] = []
  let depth = columnOf(last)
  if (/^\s*- /.test(last)) {
    found.unshift('-')
    depth = indentOf(last)
  }
  for (const line of lines.slice(0, -1).toReversed()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue
    const dash = indentOf(line)
    if (/^\s*- /.test(line) && dash < depth && columnOf(line) <= depth) {
      const key = keyOf(line)
      if (columnOf(line) < depth && key !== null) found.unshift(key)
      found.unshift('-')
      depth = dash
      continue
    }
    // A list may stand at the indentation of its own key.
    const closes = found[0] === '-' ? columnOf(line) <= depth : columnOf(line) < depth
    const key = keyOf(line)
    if (!closes || key === null || /^\s*- /.test(line)) continue
    found.unshift(key)
    depth = columnOf(line)
  }
  return found
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0
}

/** Where what a line says begins: behind its dashes. */
function columnOf(line: string): number {
  return /^ *(?:- +)*/.exec(line)?.[0].length ?? 0
}

function keyOf(line: string): string | null {
  return /^\s*(?:- +)*([\w.-]+):/.exec(line)?.[1] ?? null
}

/** A schema with all that it stands for. */
function flat(root: Schema, schema: Schema, deep = 0): readonly Schema[] {
  if (deep > 8) return []
  // Drafts of JSON Schema differ in where they keep what is named.
  const [, where, name = ''] = /^#\/(\$defs|definitions)\/(.+)$/.exec(schema.$ref ?? '') ?? []
  const referred = root[where === '$defs' ? '$defs' : 'definitions']?.[name]
  const parts = [
    ...(referred === undefined ? [] : [referred]),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
  ]
  return [schema, ...parts.flatMap((each) => flat(root, each, deep + 1))]
}

function below(root: Schema, schema: Schema, key: string): readonly Schema[] {
  return flat(root, schema).flatMap(({ properties, items, additionalProperties }) => {
    if (key === '-') return items === undefined ? [] : [items]
    const own = properties?.[key]
    if (own !== undefined) return [own]
    return typeof additionalProperties === 'object' ? [additionalProperties] : []
  })
}

function keysOf(root: Schema, schema: Schema): readonly string[] {
  return flat(root, schema).flatMap(({ properties }) => Object.keys(properties ?? {}))
}

function wordsOf(root: Schema, schema: Schema): readonly string[] {
  return flat(root, schema).flatMap((each) => {
    const words = [...(each.enum ?? []), ...(each.const === undefined ? [] : [each.const])]
    return words.filter((word) => word !== null).map(String)
  })
}
