import { useEffect, useRef } from 'preact/hooks'
import { linkTo, type Route } from '../lib/route.js'
import { setSetting, useSettings } from '../lib/settings.js'
import { took } from '../lib/time.js'
import { useRedraw, useSelected, useWatched } from '../lib/watched.js'
import { faultCount } from '../model/fault-count.js'
import { model } from '../model/model.js'
import { Button, Segmented } from '../parts/controls.js'
import { Icon } from '../parts/icon.js'
import { views } from '../views/registry.js'

interface TopProps {
  readonly parts: Route['parts']
  readonly onPalette: () => void
  readonly onShortcuts: () => void
}

export function Top({ parts, onPalette, onShortcuts }: TopProps) {
  const { zone, theme } = useSettings()
  const nav = useNav(parts)
  return (
    <header class="top">
      <a class="brand" href="#/executions" aria-label="Bakeline, all executions">
        <Icon name="brand" size={18} />
        <span class="wide-only">Bakeline</span>
      </a>
      <nav class="nav" aria-label="Views" ref={nav}>
        {views.map(({ path, name, count }) => {
          const n = count?.() ?? null
          return (
            <a key={path} href={linkTo(path)} aria-current={parts[0] === path ? 'page' : undefined}>
              {name}
              {n !== null && <span class="count">{n}</span>}
            </a>
          )
        })}
      </nav>
      <span class="grow" />
      <button type="button" class="find" onClick={onPalette} aria-keyshortcuts="Control+K">
        <Icon name="search" />
        <span class="grow cut" style={{ textAlign: 'left' }}>
          Find or do anything
        </span>
        <kbd class="wide-only">Ctrl K</kbd>
      </button>
      <Live />
      <span class="wide-only">
        <Segmented
          label="Zone of all times"
          value={zone}
          options={[
            ['utc', 'UTC'],
            ['local', 'Local'],
          ]}
          onPick={(each) => setSetting('zone', each)}
        />
      </span>
      <span class="row" style={{ gap: '0' }}>
        <span class="wide-only">
          <Button icon="keyboard" kind="plain" label="All shortcuts" onPress={onShortcuts} />
        </span>
        <Button
          icon={theme === 'dark' ? 'sun' : 'moon'}
          kind="plain"
          label={theme === 'dark' ? 'Light colours' : 'Dark colours'}
          onPress={() => setSetting('theme', theme === 'dark' ? 'light' : 'dark')}
        />
      </span>
    </header>
  )
}

/** Keeps the view that is open in sight, where they do not all fit, and the numbers beside them new. */
function useNav(parts: Route['parts']) {
  const nav = useRef<HTMLElement>(null)
  const generation = useSelected(model, (of) => of.generation)
  const { value } = useWatched(faultCount)
  useEffect(() => {
    nav.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [parts[0], value])
  useEffect(() => void faultCount.read(), [parts[0], generation])
  return nav
}

/** Whether the stream of events is heard, and how far. */
function Live() {
  const { hearing } = useWatched(model)
  const words = hearing.live ? 'Live' : 'Stream lost'
  return (
    <span
      class={hearing.live ? 'live' : 'live lost'}
      title={`The number of the newest record; ${hearing.taken} taken since the page was opened`}
    >
      <i />
      <span class="wide-only">{words}</span>
      <span class="mono faint wide-only">#{hearing.n}</span>
      <span class="unseen narrow-only">{words}</span>
    </span>
  )
}

/** Says that nothing new is heard, for as long as it is so. */
export function LostBar() {
  const heard = useSelected(model, ({ hearing, loading }) => hearing.live || loading)
  const redraw = useRedraw()
  useEffect(() => {
    if (heard) return undefined
    const timer = setInterval(redraw, 1_000)
    return () => clearInterval(timer)
  }, [heard])
  const silent = Date.now() - model.hearing.heardAt
  // A first connection, and a short gap, are no news.
  if (heard || silent < 1_500) return null
  return (
    <div class="lost-bar" role="status">
      <Icon name="hourglass" />
      Stream lost, last heard {took(silent)} ago, trying again. What is shown is of that moment.
    </div>
  )
}
