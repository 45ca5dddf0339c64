import { useSettings } from '../lib/settings.js'
import { bothZones, clockTime, dateText, within } from '../lib/time.js'
import { clock, type ClockMode, useNow } from '../model/clock.js'
import { dueText } from '../model/due.js'
import { Button, Segmented } from '../parts/controls.js'
import { jumpNext, move, noNext, notMovable, pauseOrGoOn } from './clock-actions.js'
import { DueLine } from './due-line.js'
import { Horizon } from './horizon.js'

const scales = [1, 10, 60, 600, 3_600]
const advances: readonly (readonly [text: string, ms: number])[] = [
  ['10 s', 10_000],
  ['1 m', 60_000],
  ['10 m', 600_000],
  ['1 h', 3_600_000],
]

/** The other time: moves the world on, for every view alike. */
export function ClockBar({ onPanel }: { readonly onPanel: () => void }) {
  const now = useNow()
  const { zone } = useSettings()
  const [next] = clock.due
  return (
    <footer class="clockbar" aria-label="Clock">
      <span class="wide-only">
        <ModeSwitch />
      </span>
      <button
        type="button"
        class="button plain clock-button"
        title={`${bothZones(now)}: open the clock`}
        onClick={onPanel}
      >
        <span class="clock-time">{clock.known ? clockTime(now, zone) : '--:--:--'}</span>
        <span class="faint small">
          {clock.known && dateText(now, zone)} {zone === 'utc' ? 'UTC' : 'local'}
        </span>
        <span class="unseen">Open the clock</span>
      </button>
      <ClockButtons onPanel={onPanel} />
      <span class="row wide wide-only">
        <span class="faint small">Advance</span>
        <span class="segmented" role="group" aria-label="Advance the clock by">
          {advances.map(([text, ms]) => (
            <button
              key={text}
              type="button"
              aria-disabled={notMovable() === null ? undefined : 'true'}
              title={notMovable() ?? `Moves the clock on by ${text}`}
              onClick={() => notMovable() === null && move(clock.advance(ms))}
            >
              {text}
            </button>
          ))}
          <button type="button" aria-label="By another time" onClick={onPanel}>
            …
          </button>
        </span>
      </span>
      <span class="row wide wide-only">
        <span class="faint small">Scale</span>
        <ScaleSelect />
      </span>
      <span class="due" aria-live="off">
        {next === undefined ? (
          <>
            <span class="strong cut">Nothing is due</span>
            <span class="faint cut">no task, no timer</span>
          </>
        ) : (
          <>
            <span class="soft cut">
              Due next <b class="strong">{within(next.due - now)}</b>
            </span>
            <span title={`${dueText(next)}, ${next.execution}`}>
              <DueLine item={next} />
            </span>
          </>
        )}
      </span>
      <Horizon due={clock.due} now={now} onPick={onPanel} />
    </footer>
  )
}

/** Pause or go on, one step, next due. */
function ClockButtons({ onPanel }: { readonly onPanel: () => void }) {
  return (
    <span class="row">
      <Button
        kind="main"
        icon={clock.runs ? 'pause' : 'play'}
        label={clock.runs ? 'Pause the clock' : `Let the clock run, ${clock.lastScale}×`}
        onPress={pauseOrGoOn}
      />
      <Button
        icon="step"
        label="One step: pause, then do the one thing that is due next"
        onPress={() => move(clock.step())}
      />
      <Button icon="next" off={noNext()} title="On to what is due next" keys="J" onPress={jumpNext}>
        Next due
      </Button>
      <button type="button" class="button narrow-only" onClick={onPanel}>
        Advance…
      </button>
    </span>
  )
}

export function ModeSwitch() {
  const pick = (mode: ClockMode): void => {
    if (mode === 'virtual') move(clock.pause())
    else if (mode === 'system') move(clock.run(1))
    else move(clock.run(clock.lastScale === 1 ? 60 : clock.lastScale))
  }
  const shown = clock.mode === 'scaled' && clock.scale === 1 ? 'system' : clock.mode
  return (
    <Segmented
      label="How the clock goes"
      value={clock.known ? shown : null}
      options={[
        ['system', 'System'],
        ['scaled', 'Scaled'],
        ['virtual', 'Virtual'],
      ]}
      onPick={pick}
    />
  )
}

function ScaleSelect() {
  const value = clock.scale ?? clock.lastScale
  const all = scales.includes(value) ? scales : [...scales, value].sort((a, b) => a - b)
  return (
    <select
      class="select"
      aria-label="How many times as fast as the wall"
      value={String(value)}
      onChange={(event) => {
        const scale = Number(event.currentTarget.value)
        if (clock.runs) move(clock.run(scale))
        else clock.lastScale = scale
      }}
    >
      {all.map((each) => (
        <option key={each} value={String(each)}>
          {each}×
        </option>
      ))}
    </select>
  )
}
