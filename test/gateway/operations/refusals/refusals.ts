import type { Service } from '../service.js'

/** Requests that are refused, by the code that refuses them. Each does what it needs beforehand. */
export type Refusals = Readonly<Record<string, (service: Service) => Promise<unknown>>>

/** A way to call one operation with parameters beside the least that it takes. */
export function calling(action: string, least: object) {
  return (more: object) =>
    ({ call }: Service): Promise<unknown> =>
      call(action, { ...least, ...more })
}

/** Codes of one shape, each with its parameters. */
export function each(
  prefix: string,
  values: Readonly<Record<string, object>>,
  request: (more: object) => Refusals[string],
): Refusals {
  return Object.fromEntries(
    Object.entries(values).map(([name, more]) => [`${prefix}${name}`, request(more)]),
  )
}

export const manyTags = Array.from({ length: 21 }, (_, n) => ({ Key: `k${n}` }))
export const longTag = [{ Key: 'k', Value: 'v'.repeat(129) }]
export const longKey = [{ Key: 'k'.repeat(129) }]
export const twinTags = [{ Key: 'k' }, { Key: 'k' }]
