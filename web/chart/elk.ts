import ELK from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import { type Layout, layoutOf } from './layout.js'
import type { MachineModel } from './machine.js'

const laidOut = new Map<string, Promise<Layout>>()
let elk: InstanceType<typeof ELK> | null = null

/**
 * The layout of a machine, worked out beside the main thread when its first chart is shown, and kept:
 * a machine of one `id@version` never changes.
 */
export function layoutFor(machine: MachineModel): Promise<Layout> {
  const known = laidOut.get(machine.key)
  if (known !== undefined) return known
  elk ??= new ELK({ workerFactory: () => new Worker(workerUrl) })
  const layout = layoutOf(machine, elk)
  laidOut.set(machine.key, layout)
  layout.catch(() => laidOut.delete(machine.key))
  return layout
}
