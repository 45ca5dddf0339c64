import type { Problem } from '../plan/problems.js'
import { cut, notA } from '../plan/shapes.js'

/** What ids can be given to, by section: the words that follow "is not", and the names. */
interface Known {
  readonly templates: readonly string[]
  readonly components: readonly string[]
}

/** Ids are of things that the scenario has, and each is of one of them. */
export function idProblems(
  { ids, templates, components }: Known & { readonly ids: unknown },
  executions: readonly string[],
): Problem[] {
  const sections = [
    ['components', 'a component of this scenario', components],
    ['templates', 'a template of this scenario', templates],
    ['executions', 'an execution of this scenario', executions],
  ] as const
  const holders = new Map<unknown, string>()
  return sections.flatMap(([section, what, names]) =>
    Object.entries(sectionOf(ids, section)).flatMap(([name, id]): Problem[] => {
      const path = ['ids', section, name]
      if (!names.includes(name)) return [{ path, at: 'key', message: notA(what, name, names) }]
      const holder = holders.get(id)
      holders.set(id, name)
      if (holder === undefined) return []
      const message = `"${cut(String(id))}" is the id of "${cut(holder)}" already`
      return [{ path, at: 'value', message }]
    }),
  )
}

function sectionOf(ids: unknown, section: string): object {
  const given = (ids as Readonly<Record<string, unknown>> | null | undefined)?.[section]
  return typeof given === 'object' && given !== null ? given : {}
}
