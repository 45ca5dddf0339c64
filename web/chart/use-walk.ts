import { useEffect, useRef, useState } from 'preact/hooks'
import type { Edge } from './edges.js'
import type { StateNode } from './machine.js'
import { backward, onward, type Walk, walkFrom, waysFrom, wayText } from './walk.js'

interface WalkOptions {
  /** The chart, to bring into sight where one stands. */
  readonly box: { readonly current: HTMLElement | null }
  readonly paths: ReadonlyMap<string, readonly StateNode[]>
  readonly edges: readonly Edge[]
  readonly active: ReadonlySet<string>
  /** How long each state was there, in words. */
  readonly spentOf: (id: string) => string
  /** Shows the steps of a state; tells how many. */
  readonly onSteps: ((id: string) => number) | undefined
  /** Whether a state has so many rows that they fold. */
  readonly folds: (id: string) => boolean
  /** Folds or unfolds the rows of a state. */
  readonly onFold: (id: string, unfold: boolean) => void
}

/**
 * The keys of a chart: arrows walk along its lines, Enter shows the steps of a state, brackets fold and
 * unfold its rows, and Page Up and Page Down scroll them.
 */
export function useWalk(options: WalkOptions) {
  const { box, paths, edges, active, spentOf, onSteps, folds, onFold } = options
  const [walk, setWalk] = useState<Walk | null>(null)
  // Keys come faster than the chart is drawn.
  const newest = useRef<Walk | null>(null)
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (walk === null) return
    const focused = box.current?.querySelector('.state.focused')
    focused?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [walk])
  const nameOf = (id: string): string =>
    (paths.get(id) ?? [])
      .slice(1)
      .map(({ key }) => key)
      .join('.')
  const stand = (next: Walk): void => {
    const ways = waysFrom(paths.get(next.at) ?? [], edges)
    const [here, spent] = [active.has(next.at) ? ', current' : '', spentOf(next.at)]
    const by = next.way === null ? '' : `${wayText(next.way)}: `
    const on = ways.length === 1 ? '1 way on' : `${ways.length} ways on`
    newest.current = next
    setWalk(next)
    setSaid(`${by}${nameOf(next.at)}${here}${spent === '' ? '' : `, ${spent}`}, ${on}`)
  }
  /** The innermost state that is current, else the first. */
  const begin = (): Walk => {
    const all = [...paths.keys()]
    return walkFrom(all.findLast((id) => active.has(id)) ?? all[1] ?? all[0] ?? '')
  }
  const scroll = (id: string, pages: number): void => {
    const rows = box.current?.querySelector(`[data-state="${CSS.escape(id)}"] > .host-rows`)
    rows?.scrollBy(0, pages * rows.clientHeight)
  }
  /** Whether there was anything to fold or to scroll. */
  const onRows = (key: string, id: string): boolean => {
    if (!folds(id)) return false
    if (key === '[' || key === ']') {
      onFold(id, key === ']')
      setSaid(`tasks of ${nameOf(id)}: ${key === ']' ? 'each is shown' : 'folded'}`)
    } else if (key === 'PageDown') scroll(id, 1)
    else if (key === 'PageUp') scroll(id, -1)
    else return false
    return true
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isPressed(event.target) || event.ctrlKey || event.metaKey) return
    const now = newest.current ?? begin()
    if (event.key === 'ArrowRight' || event.key === 'ArrowDown') {
      stand(onward(now, waysFrom(paths.get(now.at) ?? [], edges)))
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') stand(backward(now, edges))
    else if (event.key === 'Enter' && onSteps !== undefined) {
      const count = onSteps(now.at)
      setSaid(`${count} ${count === 1 ? 'step' : 'steps'} of ${nameOf(now.at)} in the history`)
    } else if (!onRows(event.key, now.at)) return
    event.preventDefault()
  }
  return {
    walk,
    said,
    keys: {
      onKeyDown,
      onFocus: (event: FocusEvent): void => {
        if (event.target === event.currentTarget && newest.current === null) stand(begin())
      },
      onBlur: (event: FocusEvent): void => {
        if (event.target !== event.currentTarget) return
        newest.current = null
        setWalk(null)
      },
    },
  }
}

/** Whether keys are for what has the focus inside the chart: a button. */
function isPressed(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button') !== null
}
