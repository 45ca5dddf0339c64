import { useLayoutEffect } from 'preact/hooks'
import { store, stored } from './stored.js'

/** A shortcut: what to press, what it does in words, and the doing. */
export interface Shortcut {
  /** `j`, `g e`, `Ctrl K`, `Shift ArrowLeft`. */
  readonly keys: string
  readonly does: string
  readonly run: () => void
  /** Left out of the list of all shortcuts: another spelling of one that stands there. */
  readonly silent?: boolean
}

/** What wins over what, the last over all: the shell, a view, something that is open over it. */
const ranks = ['shell', 'view', 'over'] as const
export type KeyRank = (typeof ranks)[number]

interface Group {
  readonly rank: number
  readonly shortcuts: readonly Shortcut[]
}

const active: Group[] = []
let pending = ''
let pendingAt = 0

/** How long the second key of `g e` may take, in milliseconds. */
const patience = 1_200

/** Shortcuts for as long as who names them is on the page. */
export function useKeys(shortcuts: readonly Shortcut[], of: KeyRank = 'view'): void {
  useLayoutEffect(() => {
    const mine: Group = { rank: ranks.indexOf(of), shortcuts: [...shortcuts] }
    // Among those of one rank the one that was drawn last comes last; who is drawn when is chance.
    const place = active.findIndex(({ rank }) => rank > mine.rank)
    active.splice(place === -1 ? active.length : place, 0, mine)
    return () => {
      active.splice(active.indexOf(mine), 1)
    }
  })
}

/** Everything that can be pressed now. */
export function allShortcuts(): readonly Shortcut[] {
  const byKeys = new Map<string, Shortcut>()
  for (const each of active.flatMap(({ shortcuts }) => shortcuts))
    if (each.silent !== true) byKeys.set(each.keys, each)
  return [...byKeys.values()]
}

/** Whether single letters do anything; some people speak to their machine, or type with others. */
export function lettersAreOn(): boolean {
  return stored('letters') !== 'off'
}

export function setLetters(on: boolean): void {
  store('letters', on ? 'on' : 'off')
}

/** Listens for all of them; once, from the shell. */
export function listenForKeys(): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return
    const name = nameOf(event)
    const typed = isTyping(event.target)
    if (typed && !/^(Ctrl|Escape)/.test(name)) return
    if (!typed && name.length === 1 && !lettersAreOn()) return
    if (keepsItsKeys(event.target, name)) return
    const sequence =
      event.timeStamp - pendingAt < patience && pending !== '' ? `${pending} ${name}` : ''
    const found = find(sequence) ?? find(name)
    pending = find(sequence) === undefined && name.length === 1 ? name : ''
    pendingAt = event.timeStamp
    if (found === undefined) return
    event.preventDefault()
    found.run()
  }
  document.addEventListener('keydown', pressed)
  return () => document.removeEventListener('keydown', pressed)
}

function find(keys: string): Shortcut | undefined {
  if (keys === '') return undefined
  for (const { shortcuts } of active.toReversed()) {
    const found = shortcuts.find((each) => each.keys === keys)
    if (found !== undefined) return found
  }
  return undefined
}

function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  const plain = key === ' ' ? 'Space' : key
  const long = plain.length > 1
  const letter = ctrlKey || metaKey ? plain.toUpperCase() : plain
  const modifiers = [
    ...(ctrlKey || metaKey ? ['Ctrl'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey && long ? ['Shift'] : []),
  ]
  return [...modifiers, long ? plain : letter].join(' ')
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.tagName === 'TEXTAREA') return true
  if (target instanceof HTMLInputElement)
    return !['range', 'checkbox', 'radio'].includes(target.type)
  return target.tagName === 'SELECT'
}

/** Space and Enter press the button that has the focus; a dialog keeps all but its own. */
function keepsItsKeys(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (
    (name === 'Space' || name === 'Enter') &&
    target.closest('button, a, [role=button]') !== null
  ) {
    return true
  }
  if (/Arrow|Home|End/.test(name) && target.closest('[data-keeps-arrows]') !== null) return true
  // What was focused to be read is scrolled by them.
  const isRead = target.matches('pre[tabindex], [role=group][tabindex], [role=tabpanel]')
  if (isRead && /^(ArrowUp|ArrowDown|Home|End)$/.test(name)) return true
  if (isRead && name.startsWith('Arrow') && target.scrollWidth > target.clientWidth) return true
  return target.closest('dialog') !== null
}
