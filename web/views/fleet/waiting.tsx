import type { JobState } from '../../lib/use-job.js'
import { Button } from '../../parts/controls.js'
import { Refused } from '../../parts/refused.js'
import type { FleetProgress, Played } from './played.js'

interface WaitingProps {
  readonly job: JobState<Played, FleetProgress>
  readonly onText: () => void
}

/** A fleet that is played, was refused, or was not played yet. */
export function Waiting({ job, onText }: WaitingProps) {
  const { running, progress, refusal, mistakes } = job
  if (running) {
    const all = progress === null ? 0 : progress.points * progress.most
    const done = progress === null ? 0 : (progress.point - 1) * progress.most + progress.runs
    return (
      <div class="job-progress" role="status">
        <progress aria-label="How far it is" max={all === 0 ? 1 : all} value={done} />
        <span class="soft">
          {progress === null
            ? 'Waiting for its turn'
            : `${pointText(progress)}run ${progress.runs} of at most ${progress.most}, ` +
              `${progress.executions.toLocaleString('en')} executions`}
        </span>
        <Button icon="close" onPress={job.stop}>
          Stop
        </Button>
      </div>
    )
  }
  if (refusal !== null) {
    return (
      <div class="pad fleet-none">
        <Refused refusal={refusal} says="Not played to its end" />
      </div>
    )
  }
  if (mistakes.length > 0) {
    return (
      <div class="pad fleet-none" role="alert">
        <p>The service would refuse it:</p>
        <ul>
          {mistakes.map(({ line, message }) => (
            <li key={message}>
              <b class="mono">line {line}</b> {message}
            </li>
          ))}
        </ul>
        <p>
          <Button onPress={onText}>Edit it</Button>
        </p>
      </div>
    )
  }
  return (
    <p class="pad soft" role="status">
      Press R: every run is played in virtual time, and the figures are the same on every machine.
    </p>
  )
}

function pointText({ point, points }: FleetProgress): string {
  return points === 1 ? '' : `point ${point} of ${points}, `
}
