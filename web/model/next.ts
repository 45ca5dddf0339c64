import { type MachineModel, activeIn, statesIn } from '../chart/machine.js'
import type { Document } from './document.js'
import { cancelRefusal } from './ecs.js'
import type { Moment } from './moment.js'
import { markOf } from './tasks.js'
import { eventText, labelIn } from './words.js'

/** Something that can happen next, or that would be refused. */
export interface Next {
  readonly icon: string
  readonly what: string
  readonly where: string
  /** In how many milliseconds; null where nobody knows. */
  readonly within: number | null
  readonly tone: 'plain' | 'now' | 'refused'
}

/** What can happen after a moment, the soonest first; events that a caller may send come last. */
export function nextOf(document: Document, moment: Moment): readonly Next[] {
  const { data, derived, machine } = document
  if (data === null) return []
  const { seq, at } = moment
  const { outcome, endedAt, stuck } = data.execution
  if (moment.live && (stuck !== null || (outcome !== null && endedAt !== null))) return []
  const found: Next[] = []
  let waiting = 0
  for (const task of derived.tasks) {
    const mark = markOf(task, seq, at)
    const where = task.id === task.src ? '' : labelIn(derived.names, task.id)
    if (mark === 'waiting') waiting += 1
    if (mark === 'running') {
      const open = task.attempts.find(({ from, to }) => from <= at && (to === null || at < to))
      const end = open?.to ?? open?.due ?? null
      const within = end === null ? null : end - at
      found.push({ icon: 'running', what: `${task.src} ends`, where, within, tone: 'plain' })
    }
    if (mark === 'retrying') {
      const pause = task.backoffs.findLast((each) => each.seq <= seq)
      const within = pause?.to == null ? null : pause.to - at
      found.push({ icon: 'hourglass', what: `retry ${task.src}`, where, within, tone: 'now' })
    }
  }
  for (const { id, due, setSeq, endedSeq } of derived.timers) {
    if (setSeq > seq || (endedSeq !== null && endedSeq <= seq)) continue
    const what = `timer ${eventText(id)}`
    found.push({ icon: 'hourglass', what, where: '', within: due - at, tone: 'plain' })
  }
  found.sort((a, b) => (a.within ?? Number.MAX_VALUE) - (b.within ?? Number.MAX_VALUE))
  const queue: Next = {
    icon: 'waiting',
    what: `${waiting} ${waiting === 1 ? 'waits' : 'wait'} for a slot`,
    where: '',
    within: null,
    tone: 'plain',
  }
  return [
    ...found,
    ...(waiting === 0 ? [] : [queue]),
    ...eventsOf(machine, moment, data.execution.machine),
  ]
}

/** The events that callers may send in a state, and a cancel that the service would refuse. */
function eventsOf(machine: MachineModel | null, moment: Moment, key: string): Next[] {
  if (machine === null) return []
  const active = activeIn(machine.root, moment.value)
  const states = [...statesIn(machine.root)]
  const own = states.filter(({ id }) => active.has(id) || id === machine.root.id)
  const names = (of: typeof states): string[] => [
    ...new Set(
      of.flatMap(({ transitions }) =>
        transitions.filter(({ kind }) => kind === 'event').map(({ on }) => on),
      ),
    ),
  ]
  const can = names(own)
  const refused = names(states).filter((name) => !can.includes(name))
  const says = cancelRefusal(key, moment.status, false)
  return [
    ...can.map(
      (what): Next => ({ icon: 'bolt', what, where: 'can be sent', within: null, tone: 'plain' }),
    ),
    ...refused.map(
      (what): Next => ({
        icon: 'cancel',
        what: `${what} is refused`,
        where: what === 'CANCEL' && says !== null ? `while ${moment.status}` : 'in this state',
        within: null,
        tone: 'refused',
      }),
    ),
  ]
}
