import { activeIn, type MachineModel } from './machine.js'
import type { Visit } from '../model/tasks.js'

/** How long each state was there up to a moment, in milliseconds. */
export function spentIn(
  { root }: MachineModel,
  visits: readonly Visit[],
  seq: number,
  at: number,
): ReadonlyMap<string, number> {
  const spent = new Map<string, number>()
  for (const visit of visits) {
    if (visit.seq > seq) break
    const ms = Math.max(0, Math.min(visit.to ?? at, at) - visit.from)
    for (const id of activeIn(root, visit.value)) spent.set(id, (spent.get(id) ?? 0) + ms)
  }
  return spent
}
