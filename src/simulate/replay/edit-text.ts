import { idFields, type WorldPatch } from '../../imagebuilder/world/types.js'

/** A change to the world in words: `images: m-1; quotas: templates 1; without cn-nanjing`. */
export function editText({ account, quotas, remove = {}, ...lists }: WorldPatch): string {
  const changed = Object.entries(lists).map(([name, entries]) => {
    const idField = idFields[name as keyof typeof idFields]
    const ids = entries.map((entry) => (entry as Readonly<Record<string, unknown>>)[idField])
    return `${name}: ${ids.join(', ')}`
  })
  const limits = Object.entries(quotas ?? {}).map(([name, limit]) => `${name} ${limit}`)
  const removed = Object.values(remove).flat()
  return [
    ...(account === undefined ? [] : [`account: ${account}`]),
    ...changed,
    ...(limits.length === 0 ? [] : [`quotas: ${limits.join(', ')}`]),
    ...(removed.length === 0 ? [] : [`without ${removed.join(', ')}`]),
  ].join('; ')
}
