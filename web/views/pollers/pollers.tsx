import { useEffect, useRef, useState } from 'preact/hooks'
import './pollers.css'
import { took } from '../../lib/time.js'
import { type JobState, useJob } from '../../lib/use-job.js'
import { Button } from '../../parts/controls.js'
import { Refused } from '../../parts/refused.js'
import { CellCases } from './cell-cases.js'
import { type AllPollers, endsOf } from './met.js'
import { type Chosen, PollersTable } from './table.js'

interface Progress {
  readonly done: number
  readonly of: number
}

/** Ways of waiting against everything that can become of an execution. */
export function Pollers() {
  const job = useJob<AllPollers, Progress>('/pollers', 'all')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  useEffect(() => job.run({}), [])
  const { value } = job
  const side = useRef<HTMLElement>(null)
  useEffect(() => {
    // Where one column is all there is, the cases stand below.
    if (chosen !== null) side.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const report = value?.pollers.find(({ name }) => name === chosen?.poller)
  return (
    <div class="pollers">
      <section class="pollers-main" aria-label="Ways of waiting">
        <div class="view-head">
          <h1>Pollers</h1>
          <span class="faint grow cut">
            ways in which callers wait, against everything that can become of an execution
          </span>
        </div>
        {value === null ? (
          <Waiting job={job} />
        ) : (
          <>
            <PollersTable all={value} ends={endsOf(value)} chosen={chosen} onChoose={setChosen} />
            <dl class="pollers-words">
              <dt>lies</dt>
              <dd>it said what turned out not to be so</dd>
              <dt>hangs</dt>
              <dd>the execution had ended, and it waited on</dd>
              <dt>double-starts</dt>
              <dd>it started more than one</dd>
            </dl>
            <p class="pad soft">
              Your own way of waiting: <code>bakeline pollers --poller ./mine.js</code>, or{' '}
              <code>--command ./bake-and-wait.sh</code>. Played in{' '}
              {took(Math.max(1_000, job.tookMs))}.
            </p>
          </>
        )}
      </section>
      <aside class="pollers-side" aria-label="Cases" ref={side}>
        {report === undefined || chosen === null ? (
          <p class="pad soft">
            Pick a cell to see its cases, each with the scenario that plays it.
          </p>
        ) : (
          <CellCases report={report} end={chosen.end} />
        )}
      </aside>
    </div>
  )
}

function Waiting({ job }: { readonly job: JobState<AllPollers, Progress> }) {
  const { running, progress, refusal } = job
  if (running) {
    return (
      <div class="job-progress" role="status">
        <progress aria-label="How far it is" max={progress?.of ?? 1} value={progress?.done ?? 0} />
        <span class="soft">
          {progress === null
            ? 'Waiting for its turn'
            : `${progress.done} of ${progress.of} ways played; it is played once`}
        </span>
        <Button icon="close" onPress={job.stop}>
          Stop
        </Button>
      </div>
    )
  }
  return (
    <div class="pad pollers-none">
      {refusal !== null && <Refused refusal={refusal} says="Not played to its end" />}
      <p>
        <Button kind="main" icon="play" onPress={() => job.run({})}>
          Play all of them
        </Button>
      </p>
    </div>
  )
}
