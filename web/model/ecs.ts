import type { Json } from './changes.js'
import { cancellable, isStatus } from './status.js'

/** What the page knows of the Image Builder beside its statuses. Nothing else on it does. */

interface Context {
  readonly region: string
  readonly imageId: string
  readonly image: 'none' | 'creating' | 'available' | 'gone'
  readonly copies: readonly { readonly region: string; readonly imageId: string }[]
  readonly copied: readonly string[]
  readonly accounts: readonly string[]
  readonly problems: readonly { readonly stage: string; readonly region?: string }[]
}

export function isImageBuilder(machine: string): boolean {
  return machine.startsWith('execution@')
}

function contextOf(context: Json): Context | null {
  const known = context as Partial<Context> | null
  return known?.copies === undefined || known.region === undefined ? null : (known as Context)
}

/** The tasks that a stage will start, before it has: by the state that will. */
export function expectedTasks(machine: string, context: Json): Readonly<Record<string, string[]>> {
  const known = isImageBuilder(machine) ? contextOf(context) : null
  if (known === null) return {}
  const batches = Math.ceil(known.accounts.length / 10)
  const regions = [known.region, ...known.copies.map(({ region }) => region)]
  const shares = regions.flatMap((region) =>
    Array.from({ length: batches }, (_, index) => `share.${region}.${index + 1}`),
  )
  return { copy: known.copies.map(({ region }) => `copy.${region}`), share: shares }
}

export type Place = 'waiting' | 'copying' | 'available' | 'failed' | 'gone'

/** An image in its region, as a step has it. */
export interface RegionImage {
  readonly region: string
  readonly imageId: string
  readonly place: Place
  /** The task that makes it. */
  readonly task: string
}

export function imagesAt(context: Json): readonly RegionImage[] {
  const known = contextOf(context)
  if (known === null || known.image === 'none') return []
  const own = { creating: 'copying', available: 'available', gone: 'gone' } as const
  const first: RegionImage = {
    region: known.region,
    imageId: known.imageId,
    place: own[known.image],
    task: 'buildImage',
  }
  const copies = known.copies.map(({ region, imageId }): RegionImage => {
    const failed = known.problems.some((each) => each.stage === 'copy' && each.region === region)
    const place = known.copied.includes(region) ? 'available' : failed ? 'failed' : 'waiting'
    return { region, imageId, place, task: `copy.${region}` }
  })
  return [first, ...copies]
}

export function accountsIn(context: Json): readonly string[] {
  return contextOf(context)?.accounts ?? []
}

/** Why the service would refuse to cancel; null when it would not. */
export function cancelRefusal(machine: string, status: string, ended: boolean): string | null {
  if (ended) return '400 InvalidStatus.CancelFailed: it has ended'
  if (!isImageBuilder(machine) || !isStatus(status) || cancellable.has(status)) return null
  return `403 InvalidStatus.ImagePipelineExecution: not while ${status}`
}
