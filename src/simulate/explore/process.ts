import { BakelineError } from '../../core/errors.js'
import type { Batch, Store, WorkRow } from '../../core/ports.js'
import { taskBody } from '../../engine/tasks.js'
import { EcsError } from '../../imagebuilder/errors.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { Crash, mortal } from '../mortal.js'

/** A store that can go on in two ways. */
export interface Branch extends Store {
  fork(): Branch
}

/** What a call to the service came to, and what it wrote. */
export interface Called {
  /** The code that it was refused with. */
  readonly refused: string | null
  readonly answer: unknown
  /** The database after each of its commits, in order. */
  readonly commits: readonly Branch[]
}

/** Opens the Image Builder on a store, with nothing in the background. */
export type Open = (store: Store) => ImageBuilder

/** A call, made by a process that has just opened the file and knows nothing but what is in it. */
export async function call(
  {
    open,
    branch,
    lastCommit = Number.POSITIVE_INFINITY,
  }: {
    readonly open: Open
    readonly branch: Branch
    /** The process dies before it commits more often than this. */
    readonly lastCommit?: number
  },
  work: (builder: ImageBuilder) => Promise<unknown>,
): Promise<Called> {
  const fork = branch.fork()
  const commits: Branch[] = []
  const onCommit = (before: number): void => {
    // What was written so far is a state of its own: the process may die here.
    if (before > 0) commits[before - 1] = fork.fork()
    commits.push(fork)
  }
  const builder = open(mortal(fork, { lastCommit, onCommit }))
  try {
    return { refused: null, answer: await work(builder), commits }
  } catch (error) {
    if (error instanceof Crash) return { refused: null, answer: null, commits }
    if (error instanceof EcsError) return { refused: error.code, answer: null, commits }
    // What the service would not answer with is a fault of ours, told by its code.
    if (error instanceof BakelineError) return { refused: error.code, answer: null, commits }
    throw error
  }
}

/** The database in which a running attempt is going to end otherwise. */
export async function withOutcome(
  branch: Branch,
  row: WorkRow,
  outcome: ReturnType<typeof taskBody>['outcome'],
): Promise<Branch> {
  const fork = branch.fork()
  const put = [{ ...row, body: JSON.stringify({ ...taskBody(row), outcome }) }]
  await fork.transact(() => ({ batch: { ...nothing, work: { put, remove: [] } }, value: null }))
  return fork
}

const nothing: Batch = {
  executions: [],
  records: [],
  work: { put: [], remove: [] },
  idempotency: [],
  catalog: [],
  settings: {},
  counters: {},
  clock: null,
  clockChanges: [],
  forget: [],
}
