import { useLayoutEffect } from 'preact/hooks'

/** Something that the palette finds and does. */
export interface Command {
  readonly title: string
  /** What it is found by, beside its title. */
  readonly hint?: string
  readonly icon?: string
  readonly keys?: string
  readonly run: () => void
}

const active: Command[][] = []

/** Commands for as long as who names them is on the page. */
export function useCommands(commands: readonly Command[]): void {
  useLayoutEffect(() => {
    const mine = [...commands]
    active.push(mine)
    return () => {
      active.splice(active.indexOf(mine), 1)
    }
  })
}

/** Everything that can be done now, what belongs to the view first. */
export function allCommands(): readonly Command[] {
  return active.toReversed().flat()
}

/** Those whose title or hint has every word that was typed, the best first. */
export function matching(commands: readonly Command[], text: string): readonly Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const scored = commands.flatMap((command) => {
    const title = command.title.toLowerCase()
    const all = `${title} ${command.hint?.toLowerCase() ?? ''}`
    if (!words.every((word) => all.includes(word))) return []
    const begins = words.filter((word) => title.startsWith(word) || title.includes(` ${word}`))
    return [{ command, score: begins.length }]
  })
  return scored.sort((a, b) => b.score - a.score).map(({ command }) => command)
}
