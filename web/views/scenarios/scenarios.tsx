import { useState } from 'preact/hooks'
import '../../parts/files/files.css'
import './scenarios.css'
import { type Shortcut, useKeys } from '../../lib/keys.js'
import { useLoaded } from '../../lib/loaded.js'
import { setQuery, useRoute } from '../../lib/route.js'
import { store, stored } from '../../lib/stored.js'
import { useJob } from '../../lib/use-job.js'
import { keepDraft } from '../../model/drafts.js'
import { Button } from '../../parts/controls.js'
import { BenchHead } from '../../parts/files/bench-head.js'
import { FileEditor } from '../../parts/files/file-editor.js'
import { FileList, type Shipped } from '../../parts/files/file-list.js'
import { useFile } from '../../parts/files/use-file.js'
import { ExploreView } from './explore-view.js'
import type { Violation } from '../../chart/exploration.js'
import type { Explored, ExploreProgress } from './explored.js'
import { marksOf } from './run.js'
import { RunView } from './run-view.js'
import { useReplay } from './use-replay.js'

type Show = 'text' | 'run' | 'explore'

const shows: readonly (readonly [Show, string])[] = [
  ['text', 'Text'],
  ['run', 'Run'],
  ['explore', 'Coverage'],
]

const wrongText = 'What is wrong in the text comes first'

/** Scenarios: those that ship and one's own, written, checked, played and explored. */
export function Scenarios() {
  const { query } = useRoute()
  const shipped = useLoaded<{ scenarios: Shipped[] }>('/scenarios')
  const path = query.get('file') ?? stored('scenario') ?? 'lifecycle.yaml'
  const show = shows.find(([each]) => each === query.get('show'))?.[0] ?? 'text'
  const file = useFile('scenarios', path)
  const replaying = useReplay(path)
  const exploring = useJob<Explored, ExploreProgress>('/explore', path)
  const [explored, setExplored] = useState('')
  const [rule, setRule] = useState('')
  const [line, setLine] = useState<number | null>(null)
  const go = (to: Show): void => setQuery({ show: to === 'text' ? null : to, file: path })
  const wrong = file.mistakes.length > 0 ? wrongText : file.text === '' ? 'There is no text' : null
  const run = (): void => {
    if (wrong !== null) return
    store('scenario', path)
    replaying.run(file.text)
    go('run')
  }
  const explore = (): void => {
    if (wrong !== null) return
    setExplored(file.text)
    exploring.run({ text: file.text, file: path, always: rule.trim() === '' ? [] : [rule] })
    go('explore')
  }
  useKeys(shortcutsFor({ run, explore, edit: () => go('text') }))
  const { ran } = replaying
  return (
    <div class="bench scenarios">
      <BenchHead<Show> {...{ kind: 'scenarios', path, file, show, shows, onShow: go }}>
        <Button icon="search" keys="X" off={wrong} onPress={explore}>
          {exploring.running ? 'Exploring' : 'Explore'}
        </Button>
        <Button kind="main" icon="play" keys="R" off={wrong} onPress={run}>
          {replaying.running ? 'Running' : 'Run'}
        </Button>
      </BenchHead>
      {show === 'text' && (
        <div class="bench-text">
          <FileList what="scenarios" files={shipped.value?.scenarios ?? []} chosen={path} />
          <FileEditor
            kind="scenarios"
            label="Scenario"
            file={file}
            marks={marksOf(ran?.text === file.text ? ran.replayed : null)}
            show={line}
          />
        </div>
      )}
      {show === 'run' && (
        <RunView
          replaying={replaying}
          file={commandFile(path)}
          changed={ran !== null && ran.text !== file.text}
          onLine={(at) => {
            setLine(at)
            go('text')
          }}
        />
      )}
      {show === 'explore' && (
        <ExploreView
          job={exploring}
          changed={explored !== file.text}
          file={commandFile(path)}
          rule={rule}
          onRule={setRule}
          onExplore={explore}
          onOpen={openViolation}
        />
      )}
    </div>
  )
}

interface Doings {
  readonly run: () => void
  readonly explore: () => void
  readonly edit: () => void
}

function shortcutsFor({ run, explore, edit }: Doings): readonly Shortcut[] {
  return [
    { keys: 'r', does: 'Run the scenario', run },
    { keys: 'Ctrl Enter', does: 'Run the scenario', run, silent: true },
    { keys: 'x', does: 'Explore the scenario', run: explore },
    { keys: 'e', does: 'Edit the scenario', run: edit },
  ]
}

/** The shortest way to what does not hold, as a file of one's own. */
function openViolation({ invariant, scenario }: Violation): void {
  const slug = invariant.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  const name = `${slug.replaceAll(/^-|-$/g, '').slice(0, 60)}.yaml`
  keepDraft(`scenarios ${name}`, scenario)
  setQuery({ file: name, show: null })
}

/** Where the command finds what ships. */
function commandFile(path: string): string {
  return path.includes('/') || path === 'lifecycle.yaml' ? `scenarios/${path}` : path
}
