import { useEffect, useState } from 'preact/hooks'
import { useRowKeys } from '../../lib/row-keys.js'
import { type Part, TwoParts } from '../../parts/files/two-parts.js'
import { LivedChart } from '../../chart/lived-chart.js'
import { Refused } from '../../parts/refused.js'
import { firstPlace, isAt, type Place, placesOf, type Replayed } from './run.js'
import { RunTree } from './run-tree.js'
import type { Replaying } from './use-replay.js'

interface RunViewProps {
  readonly replaying: Replaying
  readonly file: string
  /** Whether the text is another than the one that was played. */
  readonly changed: boolean
  readonly onLine: (line: number) => void
}

/** A run: its tree, and beside it the chart as it was where one looks. */
export function RunView({ replaying, file, changed, onLine }: RunViewProps) {
  const { ran } = replaying
  const [place, setPlace] = usePlace(ran?.replayed ?? null)
  const [part, setPart] = useState<Part>('words')
  if (ran === null) return <NotPlayed {...replaying} />
  return (
    <TwoParts
      names={['What happened', 'Chart']}
      labels={['The run', 'The chart of the run']}
      part={part}
      onPart={setPart}
      words={
        <>
          {changed && (
            <p class="run-stale small" role="status">
              The text has changed since it was played.
            </p>
          )}
          <RunTree
            ran={ran}
            file={file}
            place={place}
            onPlace={(to) => {
              setPlace(to)
              setPart('picture')
            }}
            onLine={onLine}
          />
        </>
      }
      picture={<RunChart replayed={ran.replayed} place={place} onPlace={setPlace} />}
    />
  )
}

function NotPlayed({ refusal, running }: Replaying) {
  return (
    <div class="pad run-none">
      {refusal === null ? (
        <p class="soft" role="status">
          {running
            ? 'It is played.'
            : 'Press R: it is played in virtual time, and nothing that runs here is touched.'}
        </p>
      ) : (
        <Refused refusal={refusal} says="Not played" />
      )}
    </div>
  )
}

/** Where one looks in a run, moved by keys. */
function usePlace(replayed: Replayed | null) {
  const [place, setPlace] = useState<Place | null>(null)
  useEffect(() => setPlace(replayed === null ? null : firstPlace(replayed)), [replayed])
  const places = replayed === null ? [] : placesOf(replayed)
  useRowKeys({
    at: places.findIndex((each) => isAt(each, place)),
    count: places.length,
    select: (index) => {
      setPlace(places[index] ?? null)
      requestAnimationFrame(() =>
        document
          .querySelector('.run-happening[aria-current]')
          ?.scrollIntoView({ block: 'nearest' }),
      )
    },
    does: ['What happened next', 'What happened before'],
  })
  return [place, setPlace] as const
}

interface RunChartProps {
  readonly replayed: Replayed
  readonly place: Place | null
  readonly onPlace: (place: Place) => void
}

function RunChart({ replayed, place, onPlace }: RunChartProps) {
  if (place === null) {
    return <p class="pad soft">No execution was started, so there is no chart.</p>
  }
  const { execution } = place
  const life = replayed.lives.find(({ name }) => name === execution)
  if (life === undefined) {
    return (
      <p class="pad soft">
        Of {execution} no history is kept: a run has too many executions for that.
      </p>
    )
  }
  const { id } = life.steps.execution
  return (
    <>
      <div class="pane-head">
        <h2>{execution}</h2>
        <code class="faint cut">{id}</code>
      </div>
      <LivedChart
        key={id}
        data={life.steps}
        seq={place.seq}
        go={(seq) => onPlace({ execution, seq })}
      />
    </>
  )
}
