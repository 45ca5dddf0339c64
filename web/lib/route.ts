import { useEffect, useMemo, useState } from 'preact/hooks'

/** Where on the page one is: `#/executions/exec-1?step=21`. */
export interface Route {
  readonly parts: readonly string[]
  readonly query: URLSearchParams
}

function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded)
  return { parts, query: new URLSearchParams(query) }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function hashOf({ parts, query }: Route): string {
  const text = query.toString()
  return `#/${parts.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`
}

/** A link's address within the page. */
export function linkTo(...parts: readonly string[]): string {
  return hashOf({ parts, query: new URLSearchParams() })
}

/** Goes somewhere; Back leads back. */
export function goTo(hash: string): void {
  writeNow()
  window.location.hash = hash
}

/**
 * Between two changes of the address bar, in milliseconds. A slider asks for more, and browsers make each
 * dear: it costs Chromium a fifth of a frame, Safari refuses more than a hundred in half a minute.
 */
const writesApart = 1_000

const listeners = new Set<() => void>()
/** What is shown, also while the address bar has not been told yet. */
let shown = window.location.hash
/** When the address bar was told last. */
let writtenAt = Number.NEGATIVE_INFINITY
let writing: ReturnType<typeof setTimeout> | null = null

window.addEventListener('hashchange', () => {
  // Somebody went elsewhere: what was to be written was of the place before.
  if (writing !== null) clearTimeout(writing)
  writing = null
  show(window.location.hash)
})
// Who goes elsewhere, or loads the page again, comes back to what was shown last.
window.addEventListener('pagehide', writeNow)
window.addEventListener('pointerdown', writeNow, true)
window.addEventListener('pointerup', writeNow)
window.addEventListener('keydown', ({ ctrlKey, metaKey, key }) => {
  if (ctrlKey || metaKey || key === 'F5') writeNow()
})

/**
 * Changes what the address says without a new entry in the browser's history; null takes away.
 *
 * @param often for what changes with every move of a slider: the address bar comes after
 */
export function setQuery(
  changes: Readonly<Record<string, string | null>>,
  often: 'often' | null = null,
): void {
  const { parts, query } = routeOf(shown)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name)
    else query.set(name, value)
  }
  const hash = hashOf({ parts, query })
  if (hash === shown) return
  show(hash)
  const wait = writtenAt + writesApart - performance.now()
  if (often === null || wait <= 0) write()
  else writing ??= setTimeout(write, wait)
}

function write(): void {
  if (writing !== null) clearTimeout(writing)
  writing = null
  writtenAt = performance.now()
  window.history.replaceState(null, '', shown)
}

function writeNow(): void {
  if (writing !== null) write()
}

function show(hash: string): void {
  shown = hash
  for (const listener of listeners) listener()
}

/** The path alone: what is asked there, behind the question mark, may change without a draw. */
export function usePath(): Route['parts'] {
  const [path, setPath] = useState(pathIn(shown))
  useEffect(() => {
    const changed = (): void => setPath(pathIn(shown))
    changed()
    listeners.add(changed)
    return () => {
      listeners.delete(changed)
    }
  }, [])
  return useMemo(() => routeOf(path).parts, [path])
}

function pathIn(hash: string): string {
  return hash.split('?', 1)[0] ?? ''
}

export function useRoute(): Route {
  const [hash, setHash] = useState(shown)
  useEffect(() => {
    const changed = (): void => setHash(shown)
    changed()
    listeners.add(changed)
    return () => {
      listeners.delete(changed)
    }
  }, [])
  return useMemo(() => routeOf(hash), [hash])
}
