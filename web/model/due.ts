import type { DueItem } from './clock.js'
import { nameOfShare } from './ecs.js'
import { eventText, nameText, plainName, type TaskName } from './words.js'

/** What will happen: `retry copyImage cn-beijing`. */
export function dueText(item: DueItem): string {
  const { verb, task, name } = partsOf(item)
  const about = [task, name === null ? '' : nameText(name)].filter(Boolean).join(' ')
  return verb === 'ends' ? `${about} ends` : `${verb} ${about}`
}

/** The same where there is little room: whom it is about first, as the rest may be cut. */
export function dueWords(item: DueItem): { readonly name: string; readonly what: string } {
  const { verb, task, name } = partsOf(item)
  return {
    name: name === null ? '' : [name.name, name.short].filter(Boolean).join(' '),
    what: verb === 'ends' ? `${task} ends` : `${verb} ${task}`,
  }
}

interface Parts {
  readonly verb: 'timer' | 'retry' | 'ends'
  readonly task: string
  /** Null where it is about nothing but its task. */
  readonly name: TaskName | null
}

function partsOf({ kind, id, src, state, share }: DueItem): Parts {
  if (kind === 'timer') {
    return { verb: 'timer', task: eventText(id), name: null }
  }
  const verb = state === 'backoff' ? 'retry' : 'ends'
  if (src === null || src === id) return { verb, task: id, name: null }
  return { verb, task: src, name: share === null ? plainName(id) : nameOfShare(share) }
}
