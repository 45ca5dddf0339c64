import { useEffect, useRef, useState } from 'preact/hooks'
import './scenarios.css'
import { asRefusal, post, type Refusal } from '../../lib/api.js'
import { useKeys } from '../../lib/keys.js'
import { useLoaded } from '../../lib/loaded.js'
import { setQuery, useRoute } from '../../lib/route.js'
import { completions, type Schema } from '../../model/complete.js'
import { Button } from '../../parts/controls.js'
import { Editor } from '../../parts/editor.js'
import { Refused } from '../../parts/refused.js'
import { ScenarioList, type Shipped } from './list.js'
import { type Answer, marksOf, type Mistake, type Replayed } from './run.js'
import { RunTree } from './run-tree.js'

/** How long after the last key the text is read, in milliseconds. */
const pauseMs = 200

/** What was typed, for as long as the page is open. */
let kept: { readonly path: string; readonly text: string } | null = null

interface Ran {
  readonly replayed: Replayed
  readonly wallMs: number
}

/** Scenarios: those that ship and one's own, edited, checked and played. */
export function Scenarios() {
  const { query } = useRoute()
  const shipped = useLoaded<{ scenarios: Shipped[] }>('/scenarios')
  const schema = useLoaded<Schema>('/scenarios/schema.json')
  const path = query.get('file') ?? kept?.path ?? 'lifecycle.yaml'
  const [text, setText] = useText(path)
  const mistakes = useMistakes(text)
  const { ran, refusal, running, run } = useRun(text, path)
  const [line, setLine] = useState<number | null>(null)
  const picker = useRef<HTMLInputElement>(null)
  useKeys([
    { keys: 'r', does: 'Run the scenario', run },
    { keys: 'Ctrl Enter', does: 'Run the scenario', run, silent: true },
    { keys: 'o', does: 'Open a file', run: () => picker.current?.click() },
  ])
  const opened = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    const read = await file.text()
    kept = { path: file.name, text: read }
    setText(read)
    setQuery({ file: file.name })
  }
  return (
    <div class="scenarios">
      <ScenarioList scenarios={shipped.value?.scenarios ?? []} chosen={path} />
      <section class="scenarios-edit" aria-label="The scenario">
        <div class="view-head">
          <h1 class="grow cut">{path}</h1>
          <input
            ref={picker}
            type="file"
            hidden
            accept=".yaml,.yml,.json"
            onChange={(event) => void opened(event.currentTarget.files?.[0])}
          />
          <Button title="Open a file of your own" onPress={() => picker.current?.click()}>
            Open
          </Button>
          <Button
            kind="main"
            icon="play"
            keys="R"
            off={mistakes.length > 0 ? 'What is wrong in the text comes first' : null}
            onPress={run}
          >
            {running ? 'Running' : 'Run'}
          </Button>
        </div>
        <div class="scenarios-editor">
          <Editor
            label="Scenario"
            text={text}
            onInput={setText}
            problems={mistakes}
            marks={marksOf(ran?.replayed ?? null)}
            show={line}
            complete={(before) => (schema.value === null ? [] : completions(schema.value, before))}
          />
          <p class="small faint">Ctrl Space says what may stand at the cursor.</p>
        </div>
      </section>
      <section class="scenarios-run" aria-label="The run">
        <div class="view-head">
          <h2>Run</h2>
          <span class="faint">in virtual time, on a database of its own</span>
        </div>
        {ran === null && <NotPlayed refusal={refusal} />}
        {ran !== null && <RunTree {...ran} file={fileOf(path)} onLine={setLine} />}
      </section>
    </div>
  )
}

function NotPlayed({ refusal }: { readonly refusal: Refusal | null }) {
  if (refusal === null) {
    return (
      <p class="pad soft">
        Press R: it is played in virtual time, and nothing that runs here is touched.
      </p>
    )
  }
  return (
    <div class="pad">
      <Refused refusal={refusal} says="Not played" />
    </div>
  )
}

function fileOf(path: string): string {
  return path.includes('/') || path === 'lifecycle.yaml' ? `scenarios/${path}` : path
}

/** The text of a scenario that ships, or what was made of it. */
function useText(path: string): [string, (text: string) => void] {
  const [text, setText] = useState(kept?.path === path ? kept.text : '')
  useEffect(() => {
    if (kept?.path === path) {
      setText(kept.text)
      return
    }
    const read = async (): Promise<void> => {
      const response = await fetch(`/_bakeline/scenarios/text?path=${encodeURIComponent(path)}`)
      const came = response.ok ? await response.text() : null
      // What was typed meanwhile stays.
      if (stale || came === null || kept?.path === path) return
      kept = { path, text: came }
      setText(came)
    }
    let stale = false
    void read()
    return () => {
      stale = true
    }
  }, [path])
  return [
    text,
    (to) => {
      kept = { path, text: to }
      setText(to)
    },
  ]
}

function useMistakes(text: string): readonly Mistake[] {
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([])
  useEffect(() => {
    if (text === '') return
    let stale = false
    const read = async (): Promise<void> => {
      try {
        const found = await post<{ mistakes: Mistake[] }>('/scenarios/check', { text })
        if (!stale) setMistakes(found.mistakes)
      } catch (error) {
        if (!stale) setMistakes([{ line: 1, column: 1, message: asRefusal(error).message }])
      }
    }
    const timer = setTimeout(() => void read(), pauseMs)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [text])
  return mistakes
}

function useRun(text: string, path: string) {
  const [ran, setRan] = useState<Ran | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [running, setRunning] = useState(false)
  useEffect(() => {
    setRan(null)
    setRefusal(null)
  }, [path])
  const play = async (): Promise<void> => {
    setRunning(true)
    const begun = performance.now()
    try {
      const { replayed, mistakes } = await post<Answer>('/replay', { text })
      setRefusal(null)
      setRan(replayed === null ? null : { replayed, wallMs: performance.now() - begun })
      if (mistakes.length > 0) setRan(null)
    } catch (error) {
      setRefusal(asRefusal(error))
    }
    setRunning(false)
  }
  const run = (): void => {
    if (!running && text !== '') void play()
  }
  return { ran, refusal, running, run }
}
