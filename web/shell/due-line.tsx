import type { DueItem } from '../model/clock.js'
import { dueWords } from '../model/due.js'

/** What is due, in a line: whom it is about is never cut. */
export function DueLine({ item }: { readonly item: DueItem }) {
  const { name, what } = dueWords(item)
  return (
    <span class="due-line mono">
      {name !== '' && `${name} `}
      <span class={name === '' ? 'cut' : 'cut faint'}>{what}</span>
    </span>
  )
}
