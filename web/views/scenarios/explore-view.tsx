import { useState } from 'preact/hooks'
import '../../chart/coverage.css'
import './explore.css'
import { CoverageLists } from '../../chart/coverage-lists.js'
import type { JobState } from '../../lib/use-job.js'
import { Button } from '../../parts/controls.js'
import { type Part, TwoParts } from '../../parts/files/two-parts.js'
import { Refused } from '../../parts/refused.js'
import { CoveragePicture } from './coverage-picture.js'
import { ExploreSummary } from './explore-summary.js'
import type { Violation } from '../../chart/exploration.js'
import type { Explored, ExploreProgress } from './explored.js'

interface ExploreViewProps {
  readonly job: JobState<Explored, ExploreProgress>
  /** Whether the text is another than the one that was explored. */
  readonly changed: boolean
  readonly file: string
  /** A rule of one's own, in CEL; empty for none. */
  readonly rule: string
  readonly onRule: (rule: string) => void
  readonly onExplore: () => void
  readonly onOpen: (violation: Violation) => void
}

/** An exploration: what came of it, and beside it the chart with what was come through. */
export function ExploreView(props: ExploreViewProps) {
  const { job, rule, onRule, onExplore } = props
  return (
    <>
      <form
        class="explored-rule"
        onSubmit={(event) => {
          event.preventDefault()
          onExplore()
        }}
      >
        <label class="row grow">
          <span>Must always be so</span>
          <input
            class="input mono grow"
            value={rule}
            spellcheck={false}
            placeholder={'!ended || status != "CANCELLED" || shared.size() == 0'}
            onInput={(event) => onRule(event.currentTarget.value)}
          />
        </label>
        <span class="small faint">
          a rule of your own in CEL, beside those that are built in; it may ask for execution,
          status, ended, visited, tasks, images, shared
        </span>
      </form>
      {job.value === null || job.running ? (
        <Waiting job={job} />
      ) : (
        <Came {...props} explored={job.value} />
      )}
    </>
  )
}

function Came({ job, explored, changed, file, onOpen }: ExploreViewProps & { explored: Explored }) {
  const [part, setPart] = useState<Part>('words')
  return (
    <TwoParts
      names={['What came of it', 'Chart']}
      labels={['What came of it', 'What was come through']}
      part={part}
      onPart={setPart}
      words={
        <>
          {changed && (
            <p class="run-stale small" role="status">
              The text has changed since it was explored.
            </p>
          )}
          <ExploreSummary explored={explored} tookMs={job.tookMs} file={file} onOpen={onOpen} />
        </>
      }
      picture={
        <div class="explored-picture" tabIndex={0} role="group" aria-label="Coverage">
          <CoveragePicture explored={explored} />
          <div class="explored-lists">
            <CoverageLists coverage={explored.coverage} />
          </div>
        </div>
      }
    />
  )
}

function Waiting({ job }: { readonly job: JobState<Explored, ExploreProgress> }) {
  const { running, progress, refusal, mistakes } = job
  if (running) {
    const { states = 1, open = 1, transitions = 0, level = 0 } = progress ?? {}
    return (
      <div class="job-progress" role="status">
        <progress aria-label="States that are done" max={states} value={states - open} />
        <span class="soft">
          {progress === null
            ? 'Beginning, or waiting for its turn'
            : `${states.toLocaleString('en')} states, ${open.toLocaleString('en')} open, ` +
              `${transitions.toLocaleString('en')} steps, depth ${level}`}
        </span>
        <Button icon="close" onPress={job.stop}>
          Stop
        </Button>
      </div>
    )
  }
  return (
    <div class="pad run-none">
      {refusal !== null && <Refused refusal={refusal} says="Not explored to its end" />}
      {mistakes.map(({ line, message }) => (
        <p key={message} role="alert">
          <b class="mono">line {line}</b> {message}
        </p>
      ))}
      {refusal === null && mistakes.length === 0 && (
        <p class="soft" role="status">
          Press X: everything that can happen in this scenario is tried, as far as its{' '}
          <code>explore:</code> allows.
        </p>
      )}
    </div>
  )
}
