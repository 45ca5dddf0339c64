/** How names of templates that are alike stand in a text, so that nothing else is taken for one. */
const open = '\u27E6'
const close = '\u27E7'

/** The name of a template or of its execution, `web` or `web#2`, marked where the template is alike to others. */
export function marked(name: string, alike: ReadonlySet<string>): string {
  const [key = name] = name.split('#')
  return alike.has(key) ? `${open}${key}${close}${name.slice(key.length)}` : name
}

/**
 * Texts in which templates that are alike stand for each other: what is said of each comes in an order
 * that does not depend on its name. Nothing is folded where a text is about two of them.
 */
export function foldTemplates(
  items: readonly string[],
  groups: readonly (readonly string[])[],
): string[] {
  if (groups.length === 0) return [...items]
  const of = new Map<string, string[]>()
  const rest: string[] = []
  for (const item of items) {
    const [key, other] = keysIn(item)
    if (other !== undefined) return [...items]
    if (key === undefined) rest.push(item)
    else of.set(key, [...(of.get(key) ?? []), item])
  }
  const folded = groups.flatMap((group, n) =>
    group
      .map((key) => (of.get(key) ?? []).map((item) => without(item, key)).sort())
      .map((block) => block.join('\n'))
      .sort()
      .map((block, index) => block.replaceAll(`${open}${close}`, `${open}${n} ${index}${close}`)),
  )
  return [...rest, ...folded]
}

function keysIn(item: string): readonly string[] {
  const found = [...item.matchAll(new RegExp(`${open}(.*?)${close}`, 'g'))]
  return [...new Set(found.map(([, key = '']) => key))]
}

function without(item: string, key: string): string {
  return item.replaceAll(`${open}${key}${close}`, `${open}${close}`)
}
