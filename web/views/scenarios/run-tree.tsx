import { useEffect, useRef } from 'preact/hooks'
import { took } from '../../lib/time.js'
import { isStatus } from '../../model/status.js'
import { CodeBox } from '../../parts/controls.js'
import { Icon, StatusMark } from '../../parts/icon.js'
import { type Beat, isAt, offsetText, type Place } from './run.js'
import type { Ran } from './use-replay.js'

interface RunTreeProps {
  readonly ran: Ran
  readonly file: string
  /** What the chart beside it shows. */
  readonly place: Place | null
  readonly onPlace: (place: Place) => void
  /** The line of the text that is to be seen. */
  readonly onLine: (line: number) => void
}

/** A run as a tree: each step of the file with what happened in it. */
export function RunTree({ ran, file, place, onPlace, onLine }: RunTreeProps) {
  const { replayed, wallMs } = ran
  const { beats, hash } = replayed
  const failures = beats.flatMap((beat) => beat.failures.map((failure) => ({ beat, failure })))
  return (
    <>
      <Verdict ran={ran} failures={failures.length} wallMs={wallMs} />
      {failures.length > 0 && (
        <section aria-label="Not as expected">
          <ul>
            {failures.map(({ beat, failure }) => (
              <li key={`${beat.line} ${failure}`}>
                <button type="button" class="run-failure" onClick={() => onLine(beat.line)}>
                  <span class="mono faint">l. {beat.line}</span>
                  <Icon name="FAILED" size={14} />
                  <span class="grow">
                    <code>{beat.title}</code> {failure}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <ol class="run-tree" aria-label="What happened">
        {beats.map((beat) => (
          <BeatRow
            key={`${beat.line} ${beat.offset} ${beat.title}`}
            beat={beat}
            place={place}
            onPlace={onPlace}
            onLine={onLine}
          />
        ))}
      </ol>
      <section class="run-again">
        <div class="row">
          <b class="grow">Repeat it</b>
          <span class="faint">
            trace <code>{hash.slice(0, 16)}</code>
          </span>
        </div>
        <CodeBox label="the command that repeats it" text={`npx bakeline replay ${file}`} />
      </section>
    </>
  )
}

interface VerdictProps {
  readonly ran: Ran
  readonly failures: number
  readonly wallMs: number
}

function Verdict({ ran: { replayed }, failures, wallMs }: VerdictProps) {
  const { beats, ok, seed, executions, records } = replayed
  const last = beats.at(-1)
  const total = last === undefined ? 0 : last.offset + last.took
  return (
    <p class="run-verdict" role="status">
      <span class={ok ? 'run-good' : 'run-bad'}>
        <Icon name={ok ? 'SUCCESS' : 'FAILED'} />
        {ok ? 'All as expected' : `${failures} not as expected`}
      </span>
      <span class="soft">
        {took(total)} of virtual time in {Math.max(1, Math.round(wallMs))} ms, seed {seed},{' '}
        {executions} {executions === 1 ? 'execution' : 'executions'}, {records} records
      </span>
    </p>
  )
}

interface BeatRowProps {
  readonly beat: Beat
  readonly place: Place | null
  readonly onPlace: (place: Place) => void
  readonly onLine: (line: number) => void
}

function BeatRow({ beat, place, onPlace, onLine }: BeatRowProps) {
  const { line, offset, title, result, happenings, failures } = beat
  const bad = failures.length > 0
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (bad) row.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <li ref={row}>
      <button
        type="button"
        class={bad ? 'run-beat bad' : 'run-beat'}
        title={`Line ${line} of the text`}
        onClick={() => onLine(line)}
      >
        <span class="run-at">{offsetText(offset)}</span>
        <Icon name={bad ? 'FAILED' : 'play'} size={12} />
        <code class="strong cut">{title}</code>
        <span class="grow" />
        {isStatus(result) ? <StatusMark status={result} /> : <span class="soft cut">{result}</span>}
      </button>
      {happenings.length > 0 && (
        <ol>
          {happenings.map((each) => (
            <li key={`${each.offset} ${each.execution} ${each.text}`}>
              <button
                type="button"
                class="run-happening"
                aria-current={isAt(each, place) ? 'step' : undefined}
                title="Show it on the chart"
                onClick={() => onPlace(each)}
              >
                <span class="run-at">{offsetText(each.offset)}</span>
                <span class="run-branch" aria-hidden="true" />
                <span class="run-told">
                  <b>{each.execution}</b> <Told text={each.text} />
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </li>
  )
}

/** What happened, with the statuses in it as everywhere. */
function Told({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .split(/\b([A-Z]+(?:_[A-Z]+)*)\b/)
        .map((part) => (isStatus(part) ? <StatusMark status={part} /> : part))}
    </>
  )
}
