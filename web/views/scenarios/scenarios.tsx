import { useState } from 'preact/hooks'
import '../../parts/files/files.css'
import './scenarios.css'
import { useKeys } from '../../lib/keys.js'
import { useLoaded } from '../../lib/loaded.js'
import { setQuery, useRoute } from '../../lib/route.js'
import { store, stored } from '../../lib/stored.js'
import { Button, Segmented } from '../../parts/controls.js'
import { FileEditor } from '../../parts/files/file-editor.js'
import { FileList, type Shipped } from '../../parts/files/file-list.js'
import { OpenOwn } from '../../parts/files/open-own.js'
import { useFile } from '../../parts/files/use-file.js'
import { marksOf } from './run.js'
import { RunView } from './run-view.js'
import { useReplay } from './use-replay.js'

const shows = ['text', 'run'] as const
type Show = (typeof shows)[number]

const wrongText = 'What is wrong in the text comes first'

/** Scenarios: those that ship and one's own, written, checked, played and explored. */
export function Scenarios() {
  const { query } = useRoute()
  const shipped = useLoaded<{ scenarios: Shipped[] }>('/scenarios')
  const path = query.get('file') ?? stored('scenario') ?? 'lifecycle.yaml'
  const show = shows.find((each) => each === query.get('show')) ?? 'text'
  const file = useFile('scenarios', path)
  const replaying = useReplay(path)
  const [line, setLine] = useState<number | null>(null)
  const go = (to: Show): void => setQuery({ show: to === 'text' ? null : to, file: path })
  const wrong = file.mistakes.length > 0 ? wrongText : null
  const run = (): void => {
    if (wrong !== null) return
    store('scenario', path)
    replaying.run(file.text)
    go('run')
  }
  useKeys([
    { keys: 'r', does: 'Run the scenario', run },
    { keys: 'Ctrl Enter', does: 'Run the scenario', run, silent: true },
    { keys: 'e', does: 'Edit the scenario', run: () => go('text') },
  ])
  const replayed = replaying.ran?.replayed ?? null
  return (
    <div class="bench scenarios">
      <div class="view-head">
        <h1 class="grow cut">{path}</h1>
        {file.changed && file.refusal === null && (
          <Button title="As the file ships" kind="plain" onPress={file.restore}>
            Take back
          </Button>
        )}
        <OpenOwn kind="scenarios" />
        <Segmented<Show>
          label="What is shown"
          value={show}
          options={[
            ['text', 'Text'],
            ['run', 'Run'],
          ]}
          onPick={go}
        />
        <Button kind="main" icon="play" keys="R" off={wrong} onPress={run}>
          {replaying.running ? 'Running' : 'Run'}
        </Button>
      </div>
      {show === 'text' && (
        <div class="bench-text">
          <FileList what="scenarios" files={shipped.value?.scenarios ?? []} chosen={path} />
          <FileEditor
            kind="scenarios"
            label="Scenario"
            file={file}
            marks={marksOf(replaying.ran?.text === file.text ? replayed : null)}
            show={line}
          />
        </div>
      )}
      {show === 'run' && (
        <RunView
          replaying={replaying}
          file={commandFile(path)}
          changed={replaying.ran !== null && replaying.ran.text !== file.text}
          onLine={(at) => {
            setLine(at)
            go('text')
          }}
        />
      )}
    </div>
  )
}

/** Where the command finds what ships. */
function commandFile(path: string): string {
  return path.includes('/') || path === 'lifecycle.yaml' ? `scenarios/${path}` : path
}
