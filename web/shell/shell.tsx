import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { listenForKeys, type Shortcut, useKeys } from '../lib/keys.js'
import { goTo, linkTo, type Route, usePath } from '../lib/route.js'
import { setSetting, zone } from '../lib/settings.js'
import { clock, followClock } from '../model/clock.js'
import { model } from '../model/model.js'
import { ToastList } from '../parts/toast.js'
import { views } from '../views/registry.js'
import { jumpNext, move, pauseOrGoOn } from './clock-actions.js'
import { ClockBar } from './clock-bar.js'
import { ClockPanel } from './clock-panel.js'
import { type Command, useCommands } from './commands.js'
import { Palette } from './palette.js'
import { Shortcuts } from './shortcuts.js'
import { LostBar, Top } from './top.js'

type Open = 'palette' | 'shortcuts' | 'clock' | null

/** Top bar, one view, clock bar: the same around every view. */
export function Shell() {
  const parts = usePath()
  const [open, setOpen] = useState<Open>(null)
  const close = (): void => setOpen(null)
  useEffect(listenForKeys, [])
  useEffect(followClock, [])
  useEffect(() => {
    void model.load()
    if (parts.length === 0) window.location.replace('#/executions')
  }, [])
  const toggleClock = (): void => setOpen(open === 'clock' ? null : 'clock')
  const shortcuts = shortcutsOf({ toggleClock, setOpen })
  useKeys(shortcuts, 'shell')
  useKeys(
    open === null ? [] : [{ keys: 'Escape', does: 'Close', run: close, silent: true }],
    'over',
  )
  useCommands(commandsOf(shortcuts))
  return (
    <div class="shell">
      <Top
        parts={parts}
        onPalette={() => setOpen('palette')}
        onShortcuts={() => setOpen('shortcuts')}
      />
      <main class="view" id="view">
        <LostBar />
        <ViewOf parts={parts} />
      </main>
      <ClockBar onPanel={toggleClock} />
      {open === 'clock' && <ClockPanel onClose={close} />}
      {open === 'palette' && <Palette onClose={close} />}
      {open === 'shortcuts' && <Shortcuts onClose={close} />}
      <ToastList />
    </div>
  )
}

interface Doings {
  readonly toggleClock: () => void
  readonly setOpen: (open: Open) => void
}

function shortcutsOf({ toggleClock, setOpen }: Doings): Shortcut[] {
  return [
    { keys: 'Ctrl K', does: 'Find or do anything', run: () => setOpen('palette') },
    { keys: '?', does: 'All shortcuts', run: () => setOpen('shortcuts') },
    ...views.map(({ key, name, path }) => ({
      keys: `g ${key}`,
      does: `Go to ${name}`,
      run: () => goTo(linkTo(path)),
    })),
    { keys: 'Space', does: 'Pause the clock or let it go on', run: pauseOrGoOn },
    { keys: '.', does: 'One step of the clock', run: () => move(clock.step()) },
    { keys: 'J', does: 'Jump to what is due next', run: jumpNext },
    { keys: 'T', does: 'Open or close the clock', run: toggleClock },
    { keys: 't', does: 'Open or close the clock', run: toggleClock, silent: true },
  ]
}

function commandsOf(shortcuts: readonly Shortcut[]): Command[] {
  const other = zone() === 'utc' ? 'local' : 'utc'
  return [
    ...shortcuts
      .filter(({ silent, keys }) => silent !== true && keys !== 'Ctrl K')
      .map(({ keys, does, run }) => ({ title: does, keys, run })),
    {
      title: other === 'utc' ? 'Show times in UTC' : 'Show times in local time',
      icon: 'clock',
      run: () => setSetting('zone', other),
    },
    { title: 'Use dark colours', icon: 'moon', run: () => setSetting('theme', 'dark') },
    { title: 'Use light colours', icon: 'sun', run: () => setSetting('theme', 'light') },
  ]
}

/** The view that an address names, loaded when it is first opened. */
function ViewOf({ parts }: Pick<Route, 'parts'>) {
  const [path] = parts
  const view = views.find((each) => each.path === path)
  if (view !== undefined) {
    const detail = parts.length > 1 ? view.detail : undefined
    return (
      <Loaded
        key={`${path} ${detail !== undefined}`}
        component={view.component}
        load={detail ?? view.load}
      />
    )
  }
  if (path === undefined) return null
  return (
    <div class="empty">
      <h2>There is no view “{path}”</h2>
      <a class="button" href="#/executions">
        All executions
      </a>
    </div>
  )
}

interface LoadedProps {
  readonly component: ComponentType | null
  readonly load: (() => Promise<ComponentType>) | undefined
}

function Loaded({ component, load }: LoadedProps) {
  const [loaded, setLoaded] = useState({ C: load === undefined ? component : null })
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    if (load === undefined) return
    load().then(
      (C) => setLoaded({ C }),
      (error: unknown) => setProblem(String(error)),
    )
  }, [])
  if (problem !== null) {
    return (
      <div class="empty" role="alert">
        <h2>This part of the page could not be loaded</h2>
        <p class="soft">{problem}. Is the server still there? Reload to try again.</p>
      </div>
    )
  }
  const { C } = loaded
  return C === null ? null : <C />
}
