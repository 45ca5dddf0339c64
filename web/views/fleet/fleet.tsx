import { useState } from 'preact/hooks'
import '../../parts/files/files.css'
import './fleet.css'
import { useKeys } from '../../lib/keys.js'
import { useLoaded } from '../../lib/loaded.js'
import { setQuery, useRoute } from '../../lib/route.js'
import { useJob } from '../../lib/use-job.js'
import { Button, Segmented } from '../../parts/controls.js'
import { BenchHead } from '../../parts/files/bench-head.js'
import { FileEditor } from '../../parts/files/file-editor.js'
import { FileList, type Shipped } from '../../parts/files/file-list.js'
import { useFile } from '../../parts/files/use-file.js'
import { Report } from './report.js'
import type { FleetProgress, Played } from './played.js'
import { Waiting } from './waiting.js'

type Show = 'text' | 'report'

const shows: readonly (readonly [Show, string])[] = [
  ['text', 'Text'],
  ['report', 'Report'],
]

const manyRuns = ['5', '20', '100'] as const

/** Fleets: those that ship and one's own, written, checked and played many times over. */
export function Fleet() {
  const { query } = useRoute()
  const shipped = useLoaded<{ fleets: Shipped[] }>('/fleets')
  const path = query.get('file') ?? 'nightly.yaml'
  const show: Show = query.get('show') === 'report' ? 'report' : 'text'
  const file = useFile('fleets', path)
  const job = useJob<Played, FleetProgress>('/fleet', path)
  const [runs, setRuns] = useState<(typeof manyRuns)[number]>('5')
  const [played, setPlayed] = useState('')
  const go = (to: Show): void => setQuery({ show: to === 'text' ? null : to, file: path })
  const wrong = file.mistakes.length > 0 ? 'What is wrong in the text comes first' : null
  const play = (): void => {
    if (wrong !== null || file.text === '') return
    setPlayed(file.text)
    job.run({ text: file.text, file: path, runs: Number(runs) })
    go('report')
  }
  useKeys([
    { keys: 'r', does: 'Play the fleet', run: play },
    { keys: 'Ctrl Enter', does: 'Play the fleet', run: play, silent: true },
    { keys: 'e', does: 'Edit the fleet', run: () => go('text') },
  ])
  return (
    <div class="bench fleet">
      <BenchHead<Show> kind="fleets" path={path} file={file} show={show} shows={shows} onShow={go}>
        <Segmented
          label="Runs at most"
          value={runs}
          options={manyRuns.map((n) => [n, `${n} runs`] as const)}
          onPick={setRuns}
        />
        <Button kind="main" icon="play" keys="R" off={wrong} onPress={play}>
          {job.running ? 'Playing' : 'Play'}
        </Button>
      </BenchHead>
      {show === 'text' ? (
        <div class="bench-text">
          <FileList what="fleets" files={shipped.value?.fleets ?? []} chosen={path} />
          <FileEditor kind="fleets" label="Fleet" file={file} />
        </div>
      ) : job.value === null ? (
        <Waiting job={job} onText={() => go('text')} />
      ) : (
        <Report played={job.value} changed={played !== file.text} />
      )}
    </div>
  )
}
