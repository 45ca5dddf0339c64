/** A piece of what happened at one instant: `copied to ` + `cn-beijing`. */
export interface Clause {
  readonly before: string
  /** What the piece is about, when the same may have happened to others. */
  readonly names: readonly string[]
  readonly after: string
}

export function clause(before: string, name?: string, after = ''): Clause {
  return { before, names: name === undefined ? [] : [name], after }
}

/** So many names are read out; of more, the first three. */
const mostNames = 4

/** Clauses as one text. What happened to several is said once: `copied to a, b and c`. */
export function sentence(clauses: readonly Clause[]): string {
  return joined(clauses).map(textOf).join('; ')
}

function joined(clauses: readonly Clause[]): Clause[] {
  const found = new Map<string, Clause>()
  for (const [index, each] of clauses.entries()) {
    const same = each.names.length === 0 ? String(index) : ''
    const key = JSON.stringify([each.before, each.after, same])
    const names = new Set([...(found.get(key)?.names ?? []), ...each.names])
    found.set(key, { ...each, names: [...names] })
  }
  return [...found.values()]
}

function textOf({ before, names, after }: Clause): string {
  return before + listed(names) + after
}

function listed(names: readonly string[]): string {
  if (names.length > mostNames) {
    return `${names.slice(0, mostNames - 1).join(', ')} and ${names.length - mostNames + 1} more`
  }
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}
