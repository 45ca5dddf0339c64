import { useEffect, useState } from 'preact/hooks'

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
  window.location.hash = hash
}

/** Changes what the address says without a new entry in the browser's history; null takes away. */
export function setQuery(changes: Readonly<Record<string, string | null>>): void {
  const { parts, query } = routeOf(window.location.hash)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name)
    else query.set(name, value)
  }
  const hash = hashOf({ parts, query })
  if (hash === window.location.hash) return
  window.history.replaceState(null, '', hash)
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(window.location.hash))
  useEffect(() => {
    const changed = (): void => setRoute(routeOf(window.location.hash))
    window.addEventListener('hashchange', changed)
    return () => window.removeEventListener('hashchange', changed)
  }, [])
  return route
}
