import { took } from '../../lib/time.js'
import { isStatus } from '../../model/status.js'
import { CodeBox } from '../../parts/controls.js'
import { Icon, StatusMark } from '../../parts/icon.js'
import { type Beat, offsetText, type Replayed } from './run.js'

interface RunTreeProps {
  readonly replayed: Replayed
  readonly file: string
  readonly wallMs: number
  /** The line of the text that is pointed at. */
  readonly onLine: (line: number) => void
}

/** A run as a tree: each step of the file with what happened in it. */
export function RunTree({ replayed, file, wallMs, onLine }: RunTreeProps) {
  const { beats, ok, seed, hash } = replayed
  const failures = beats.flatMap((beat) => beat.failures.map((failure) => ({ beat, failure })))
  const last = beats.at(-1)
  const total = last === undefined ? 0 : last.offset + last.took
  return (
    <>
      <p class="run-verdict" role="status">
        <span class={ok ? 'run-good' : 'run-bad'}>
          <Icon name={ok ? 'SUCCESS' : 'FAILED'} />
          {ok ? 'All as expected' : `${failures.length} not as expected`}
        </span>
        <span class="soft">
          {took(total)} of virtual time in {Math.max(1, Math.round(wallMs))} ms, seed {seed},{' '}
          {replayed.executions} executions, {replayed.records} records
        </span>
      </p>
      <ol class="run-tree" aria-label="What happened">
        {beats.map((beat) => (
          <BeatRow key={`${beat.line} ${beat.offset} ${beat.title}`} beat={beat} onLine={onLine} />
        ))}
      </ol>
      {failures.length > 0 && (
        <section aria-label="Not as expected">
          <div class="pane-head ruled">
            <h2>Not as expected</h2>
            <span class="faint">{failures.length}</span>
          </div>
          <ul>
            {failures.map(({ beat, failure }) => (
              <li key={failure}>
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

function BeatRow({ beat, onLine }: { readonly beat: Beat; readonly onLine: (n: number) => void }) {
  const { line, offset, title, result, happenings, failures } = beat
  const bad = failures.length > 0
  return (
    <li>
      <button
        type="button"
        class={bad ? 'run-beat bad' : 'run-beat'}
        title={`line ${line}`}
        onClick={() => onLine(line)}
      >
        <span class="run-at">{offsetText(offset)}</span>
        <Icon name={bad ? 'FAILED' : 'play'} size={12} />
        <code class="strong">{title}</code>
        <span class="grow" />
        {isStatus(result) ? <StatusMark status={result} /> : <span class="soft cut">{result}</span>}
      </button>
      {happenings.length > 0 && (
        <ol>
          {happenings.map(({ offset: at, execution, text }) => (
            <li key={`${at} ${execution} ${text}`} class="run-happening">
              <span class="run-at">{offsetText(at)}</span>
              <span class="run-branch" aria-hidden="true" />
              <b>{execution}</b>
              <Told text={text} />
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
    <span class="run-told">
      {text
        .split(/\b([A-Z]+(?:_[A-Z]+)*)\b/)
        .map((part) => (isStatus(part) ? <StatusMark status={part} /> : part))}
    </span>
  )
}
