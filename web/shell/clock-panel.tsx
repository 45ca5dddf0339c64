import { useEffect, useState } from 'preact/hooks'
import { asRefusal, ask, get } from '../lib/api.js'
import { useSettings } from '../lib/settings.js'
import { bothZones, clockTime, longDate, parseDuration, within } from '../lib/time.js'
import { clock, useNow } from '../model/clock.js'
import { dueText } from '../model/due.js'
import { model } from '../model/model.js'
import { useWatched } from '../lib/watched.js'
import { Button, Segmented } from '../parts/controls.js'
import { Icon } from '../parts/icon.js'
import { toast } from '../parts/toast.js'
import { linkTo } from '../lib/route.js'
import { jumpNext, move, noNext, notMovable, runToTheEnd } from './clock-actions.js'
import { ModeSwitch } from './clock-bar.js'
import { DueLine } from './due-line.js'

const modes = {
  system: 'Goes as the wall does.',
  scaled: 'Goes by itself, faster than the wall; also while no process is up.',
  virtual: 'Stands still until you move it. Nothing sleeps.',
}

/** Everything about the clock, in a drawer beside the view. */
export function ClockPanel({ onClose }: { readonly onClose: () => void }) {
  const now = useNow()
  const { zone } = useSettings()
  const other = zone === 'utc' ? 'local' : 'utc'
  return (
    <aside class="drawer clock-panel" aria-label="Clock">
      <div class="pane-head">
        <h2 class="grow">Clock</h2>
        <kbd aria-hidden="true">T</kbd>
        <Button icon="close" kind="plain" label="Close the clock" onPress={onClose} />
      </div>
      <div class="clock-body">
        <p class="big-clock" title={bothZones(now)}>
          {clockTime(now, zone)}
        </p>
        <p class="small soft">
          {longDate(now, zone)} {zone === 'utc' ? 'UTC' : 'local'}.{' '}
          <span class="faint">
            {clockTime(now, other)} {other === 'utc' ? 'UTC' : 'where you are'}.
          </span>
        </p>
        <ModeSwitch />
        <p class="small faint">{modes[clock.mode]}</p>
        <div class="row">
          <Button kind="main" icon="next" off={noNext()} keys="J" onPress={jumpNext}>
            Next due
          </Button>
          <Button icon="step" keys="." onPress={() => move(clock.step())}>
            One step
          </Button>
        </div>
        <AdvanceForm />
      </div>
      <DueList now={now} />
      <Progression />
    </aside>
  )
}

function AdvanceForm() {
  const [text, setText] = useState('10m')
  const ms = parseDuration(text)
  const wrong = ms === null ? 'A time such as 90s, 10m or 1h 30m' : null
  const off = wrong ?? notMovable()
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault()
        if (off !== null) toast(off)
        else if (ms !== null) move(clock.advance(ms))
      }}
    >
      <input
        class="input mono grow"
        aria-label="Advance the clock by"
        aria-invalid={wrong === null ? undefined : 'true'}
        title={wrong ?? undefined}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button off={off} onPress={() => ms !== null && move(clock.advance(ms))}>
        Advance
      </Button>
      <Button off={noNext()} onPress={() => move(runToTheEnd())}>
        Run to the end
      </Button>
    </form>
  )
}

function DueList({ now }: { readonly now: number }) {
  const { zone } = useSettings()
  return (
    <section>
      <div class="pane-head ruled">
        <h2>Due next</h2>
        <span class="faint">
          {clock.due.length}
          {clock.more ? ' and more' : ''}
        </span>
      </div>
      {clock.due.length === 0 && (
        <p class="pad faint">Nothing is due: every task and timer has ended.</p>
      )}
      <ol>
        {clock.due.map((item, index) => (
          <li
            key={`${item.execution}${item.kind}${item.id}`}
            class={index === 0 ? 'due-row first' : 'due-row'}
          >
            <span class="when">{within(item.due - now)}</span>
            <Icon
              name={item.kind === 'timer' || item.state === 'backoff' ? 'hourglass' : 'running'}
            />
            <a
              class="cut grow"
              href={linkTo('executions', item.execution)}
              title={`${dueText(item)}, ${item.execution}`}
            >
              <DueLine item={item} />
            </a>
            <span class="mono faint">{clockTime(item.due, zone)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

type Mode = 'time' | 'manual' | 'immediate'
interface Setting {
  readonly mode: Mode
  readonly describes?: number
}
interface Settings {
  readonly default: Setting
  readonly templates: Readonly<Record<string, Setting>>
}

const words: readonly (readonly [Mode, string])[] = [
  ['time', 'time'],
  ['manual', 'describes'],
  ['immediate', 'at once'],
]

/** How the executions of each template move on. */
function Progression() {
  useWatched(model)
  const [settings, setSettings] = useState<Settings | null>(null)
  useEffect(() => {
    void get<Settings>('/progression').then(setSettings, () => undefined)
  }, [model.generation])
  const set = (id: string | null, mode: Mode): void => {
    const path = id === null ? '/progression' : `/templates/${encodeURIComponent(id)}/progression`
    ask<Settings>('PUT', path, { mode }).then(setSettings, (error: unknown) => {
      const { code, message } = asRefusal(error)
      toast(`${code}: ${message}`)
    })
  }
  if (settings === null) return null
  const templates = [...model.templates.values()]
  return (
    <section>
      <div class="pane-head ruled">
        <h2>Progression</h2>
        <span class="faint">how each template moves on</span>
      </div>
      <div class="clock-body">
        <ProgressionRow
          name="All others"
          setting={settings.default}
          onPick={(mode) => set(null, mode)}
        />
        {templates.map(({ ImagePipelineId: id, Name }) => (
          <ProgressionRow
            key={id}
            name={Name}
            setting={settings.templates[id] ?? settings.default}
            onPick={(mode) => set(id, mode)}
          />
        ))}
        <p class="small faint">
          In the time of the plan; one status further with every description that a caller asks for;
          or at once. Pausing stops time, not the API.
        </p>
      </div>
    </section>
  )
}

interface ProgressionRowProps {
  readonly name: string
  readonly setting: Setting
  readonly onPick: (mode: Mode) => void
}

function ProgressionRow({ name, setting, onPick }: ProgressionRowProps) {
  return (
    <div class="row">
      <span class="grow cut" title={name}>
        {name}
      </span>
      <Segmented
        label={`How ${name} moves on`}
        value={setting.mode}
        options={words}
        onPick={onPick}
      />
    </div>
  )
}
