import { clockTime, took, type Zone } from '../lib/time.js'
import type { Derived } from '../model/document.js'
import type { Moment } from '../model/moment.js'
import { markOf } from '../model/tasks.js'
import { activeIn, type MachineModel } from './machine.js'
import { spentIn } from './spent.js'

/**
 * What became of each state up to the shown moment, by its id: `current since 09:36:31, 5 of 8 tasks
 * done`. The same that the chart draws, for who does not see it.
 */
export function stateWords(
  machine: MachineModel,
  { visits, tasks }: Derived,
  { value, seq, at }: Moment,
  zone: Zone,
): ReadonlyMap<string, string> {
  const { root } = machine
  const words = new Map<string, string>()
  for (const [id, ms] of spentIn(machine, visits, seq, at)) words.set(id, `left after ${took(ms)}`)
  const seen = visits.filter((visit) => visit.seq <= seq)
  for (const id of activeIn(root, value)) {
    const before = seen.findLastIndex((visit) => !activeIn(root, visit.value).has(id))
    const since = seen[before + 1]?.from ?? at
    const path = id.slice(root.id.length + 1)
    const own = tasks.filter((task) => task.path === path && markOf(task, seq, at) !== 'none')
    const done = own.filter((task) => markOf(task, seq, at) === 'done').length
    const count = own.length > 1 ? `, ${done} of ${own.length} tasks done` : ''
    words.set(id, `current since ${clockTime(since, zone)}${count}`)
  }
  return words
}
