import { type Parameters, type Registry, region } from '../registry.js'

/** Requests that are refused, by `status code`. Each does what it needs beforehand. */
export type Refusals = Readonly<Record<string, (registry: Registry) => Promise<unknown>>>

/** A way to call one operation with parameters beside the least that it takes. */
export function calling(action: string, least: Parameters = {}) {
  return (more: Parameters = {}) =>
    ({ call }: Registry): Promise<unknown> =>
      call(action, { RegionId: region, ...least, ...more })
}

export const many = Array.from({ length: 21 }, (_, n) => ({ Key: `k${n}` }))
const twins = [{ Key: 'k' }, { Key: 'k' }]

/** What every operation with tags refuses of them. */
export function ofTags(request: (more: Parameters) => Refusals[string]): Refusals {
  return {
    '400 Duplicate.TagKey': request({ Tag: twins }),
    '400 InvalidTagKey.Malformed': request({ Tag: [{ Key: 'aliyun' }] }),
    '400 InvalidTagValue.Malformed': request({ Tag: [{ Key: 'k', Value: 'http://a' }] }),
    '400 NumberExceed.Tags': request({ Tag: many }),
  }
}

/** An own image of the world, with what a test needs of it. */
export const golden = 'm-golden'

export async function withGolden(
  registry: Registry,
  more: object,
  then: (registry: Registry) => Promise<unknown>,
): Promise<unknown> {
  await registry.edit({ images: [{ ImageId: golden, ...more }] })
  return then(registry)
}
