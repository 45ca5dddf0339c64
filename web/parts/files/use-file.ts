import { useEffect, useState } from 'preact/hooks'
import { asRefusal, getText, post, type Refusal } from '../../lib/api.js'
import type { Mistake } from '../../lib/job.js'
import { draftOf, keepDraft } from '../../model/drafts.js'

/** How long after the last key the text is read, in milliseconds. */
const pauseMs = 200

/** The text of a file, and what can be done with it. */
export interface TextFile {
  readonly text: string
  readonly mistakes: readonly Mistake[]
  /** Why there is no text. */
  readonly refusal: Refusal | null
  /** Whether it is another than the one that ships. */
  readonly changed: boolean
  readonly write: (text: string) => void
  /** Takes back what was changed. */
  readonly restore: () => void
}

/**
 * A file that ships, or what was made of it, checked as it is written.
 *
 * @param kind where its kind is asked for: `scenarios`
 */
export function useFile(kind: 'scenarios' | 'fleets', path: string): TextFile {
  const name = `${kind} ${path}`
  const [state, setState] = useState<State>(stateOf(name))
  const [asked, setAsked] = useState(0)
  // Of the file before nothing is shown, also not until this one is read.
  const { text, changed, refusal } = state.name === name ? state : stateOf(name)
  useEffect(() => {
    const first = stateOf(name)
    setState(first)
    if (first.changed) return
    let stale = false
    const read = async (): Promise<void> => {
      const came = await getText(`/${kind}/text?path=${encodeURIComponent(path)}`)
      // What was written meanwhile stays.
      if (!stale && draftOf(name) === null) setState({ ...first, text: came })
    }
    read().catch((error: unknown) => {
      if (!stale) setState({ ...first, refusal: asRefusal(error) })
    })
    return () => {
      stale = true
    }
  }, [name, asked])
  return {
    text,
    mistakes: useMistakes(kind, text),
    refusal,
    changed,
    write(to) {
      keepDraft(name, to)
      setState({ name, text: to, changed: true, refusal: null })
    },
    restore() {
      keepDraft(name, null)
      setAsked((n) => n + 1)
    },
  }
}

interface State {
  readonly name: string
  readonly text: string
  readonly changed: boolean
  readonly refusal: Refusal | null
}

function stateOf(name: string): State {
  const draft = draftOf(name)
  return { name, text: draft ?? '', changed: draft !== null, refusal: null }
}

function useMistakes(kind: string, text: string): readonly Mistake[] {
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([])
  useEffect(() => {
    if (text === '') {
      setMistakes([])
      return
    }
    let stale = false
    const read = async (): Promise<void> => {
      try {
        const found = await post<{ mistakes: Mistake[] }>(`/${kind}/check`, { text })
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
  }, [kind, text])
  return mistakes
}
