import { useEffect } from 'preact/hooks'
import { store, stored } from './stored.js'
import { useRedraw } from './watched.js'
import type { Zone } from './time.js'

/** What somebody prefers, kept by the browser. */
interface Settings {
  readonly zone: Zone
  readonly theme: 'light' | 'dark'
}

const listeners = new Set<() => void>()

let settings: Settings = { zone: stored('zone') === 'local' ? 'local' : 'utc', theme: firstTheme() }

function firstTheme(): Settings['theme'] {
  const chosen = stored('theme')
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Shows the theme, and follows the system's for as long as nobody chose one. */
export function followTheme(): void {
  const show = (): void => {
    document.documentElement.dataset['theme'] = settings.theme
  }
  show()
  listeners.add(show)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (stored('theme') === null) change({ theme: firstTheme() })
  })
}

function change(to: Partial<Settings>): void {
  settings = { ...settings, ...to }
  for (const listener of listeners) listener()
}

export function setSetting<K extends keyof Settings>(name: K, value: Settings[K]): void {
  store(name, value)
  change({ [name]: value })
}

/** The zone in which every time of the page is shown. */
export function zone(): Zone {
  return settings.zone
}

export function useSettings(): Settings {
  const redraw = useRedraw()
  useEffect(() => {
    const listener = (): void => redraw()
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [])
  return settings
}
