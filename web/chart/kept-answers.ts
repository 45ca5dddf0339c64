import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import { store, stored } from '../lib/stored.js'
import type { Answer, Answers } from './answers.js'

/** What the engine answered when the page was built, to the machine that every server has; as JSON. */
declare const BUILT_ANSWERS: string

const built = JSON.parse(BUILT_ANSWERS) as Answers

const storageKey = 'chart.answers'
/** So many of other machines are kept, the newest. */
const most = 40

interface Kept {
  /** Whose answers they are: its address changes with what it is. */
  readonly engine: string
  readonly answers: readonly (readonly [name: string, answer: Answer])[]
}

let read: Map<string, Answer> | null = null

/** What this engine answered to a graph before, in this browser or when the page was built. */
export function keptAnswer(name: string): Answer | undefined {
  return built[name] ?? kept().get(name)
}

export function keepAnswer(name: string, answer: Answer): void {
  kept().set(name, answer)
  const answers = [...kept()].slice(-most)
  store(storageKey, JSON.stringify({ engine: workerUrl, answers } satisfies Kept))
}

function kept(): Map<string, Answer> {
  read ??= new Map(readAnswers())
  return read
}

function readAnswers(): Kept['answers'] {
  try {
    const { engine, answers } = JSON.parse(stored(storageKey) ?? '') as Kept
    return engine === workerUrl ? answers : []
  } catch {
    // Nothing is kept, or nothing that can be read: it is asked for again.
    return []
  }
}
