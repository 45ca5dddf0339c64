import type { Reader, WorkRow } from '../../core/ports.js'
import type { Action, Happening } from './action.js'
import type { Bounds, Cut, Used } from './bounds.js'
import { type Canon, stateKey } from './canonical.js'
import { type Coverage, coverStep } from './coverage.js'
import { type Violated, violations } from './invariants/index.js'
import type { Invariant } from './invariants/invariant.js'
import { outcomesOf } from './outcomes.js'
import { perform, type Spot } from './perform.js'
import { answerFlaw, mustBeRefusedWith } from './refusals.js'
import { livesAfter } from './lives-after.js'
import { followed, type Life, look, type Seen, type SeenRun } from './seen.js'
import type { Ground } from './setup.js'

/** A state that is explored: where it is, and what was used on the way. */
export interface Stop extends Spot {
  readonly used: Used
}

/** What one thing that happens leads to. */
export interface Next {
  readonly action: Action
  readonly stop: Stop
  /** The same for states from which the same can happen. */
  readonly key: string
  readonly violations: readonly Violated[]
}

/** What was found out about one state. */
export interface Expanded {
  readonly next: readonly Next[]
  /** Calls that were answered wrongly here, and what is wrong with the state itself. */
  readonly wrong: readonly { readonly action: Action; readonly violations: readonly Violated[] }[]
}

/** Takes every step that a state allows. One for each thread; remembers what it has checked. */
export class Expander {
  readonly coverage: Coverage
  readonly cut: Cut = {}
  readonly #ground: Ground
  readonly #bounds: Bounds
  readonly #invariants: readonly Invariant[]
  readonly #canon: Canon
  /** States that were found in order. */
  readonly #checked = new Set<string>()

  constructor(
    ground: Ground,
    {
      bounds,
      coverage,
      invariants,
    }: {
      readonly bounds: Bounds
      readonly coverage: Coverage
      readonly invariants: readonly Invariant[]
    },
  ) {
    this.#ground = ground
    this.#bounds = bounds
    this.coverage = coverage
    this.#invariants = invariants
    const { renamings, alike, ids, deletesImages } = ground
    const { templates } = alike
    this.#canon = { renamings, templates, ids, deletesImages, imageIds: new Map() }
  }

  async expand(stop: Stop): Promise<Expanded> {
    const [seen, due] = await stop.branch.read((reader) => [
      look(reader, stop.lives),
      dueNext(reader),
    ])
    const next: Next[] = []
    const wrong: Expanded['wrong'][number][] = []
    const happenings = [...this.#nexts(stop, seen, due), ...this.#calls(stop, seen, due)]
    for (const { happening, used } of happenings) {
      if (used.depth > this.#bounds.depth) {
        this.#count('depth')
        continue
      }
      const action = { happening, dies: null }
      const { refused, answer, commits } = await perform(this.#ground, stop, action)
      const flaws = this.#answerFlaws(happening, seen, { refused, answer, commits: commits.length })
      if (flaws.length > 0) wrong.push({ action, violations: flaws })
      this.coverage.answers(happening.kind, refused)
      // After each commit but the last the process may die in the middle of the call.
      for (const [index, branch] of commits.entries()) {
        const dies = index === commits.length - 1 ? null : index + 1
        const lives = livesAfter(this.#ground, happening, { lives: stop.lives, answer })
        next.push(await this.#arrive({ happening, dies }, { branch, lives, used }, stop))
      }
      this.coverage.crashPoints += commits.length === 0 ? 0 : commits.length + 1
    }
    return { next, wrong }
  }

  /** What is due next, in every order and with every end. */
  *#nexts(
    { used }: Stop,
    { runs }: Seen,
    due: readonly WorkRow[],
  ): Generator<{ happening: Happening; used: Used }> {
    const mayFail = used.faults < this.#bounds.faults
    for (const row of due) {
      const run = runs.find((each) => each.row.n === row.execution)
      if (run === undefined) continue
      const outcomes = outcomesOf(row, this.#ground.faults, mayFail)
      if (!mayFail && outcomes.length === 1 && outcomes[0] !== null) this.#count('faults')
      for (const outcome of outcomes) {
        const fault = outcome === null || outcome.kind === 'succeeds' ? 0 : 1
        yield {
          happening: {
            kind: 'next',
            execution: run.life.name,
            task: row.id,
            outcome,
            among: due.length,
          },
          used: { ...used, depth: used.depth + 1, faults: used.faults + fault },
        }
      }
    }
  }

  /** What callers may do now. A command first does what is due: it comes when nothing is. */
  *#calls(
    { used, lives }: Stop,
    seen: Seen,
    due: readonly WorkRow[],
  ): Generator<{ happening: Happening; used: Used }> {
    if ((due[0]?.due ?? Number.POSITIVE_INFINITY) <= seen.now) return
    const deeper = { ...used, depth: used.depth + 1 }
    const { wanted, ids, deletable, deletesImages } = this.#ground
    for (const template of wanted.keys()) {
      if (!ids.has(template)) continue
      const as = nameFor(template, lives)
      const live = seen.runs.some(
        ({ life, row }) => life.ledger.wanted.key === template && row.outcome === null,
      )
      if (!live && used.starts >= this.#bounds.starts) this.#count('starts')
      else
        yield {
          happening: { kind: 'start', template, as },
          used: { ...deeper, starts: used.starts + 1 },
        }
    }
    for (const { life, expected } of seen.runs) {
      const may = ['PREPARING', 'REPAIRING', 'BUILDING'].includes(expected.status)
      if (may && used.cancels >= this.#bounds.cancels) this.#count('cancels')
      else {
        yield {
          happening: { kind: 'cancel', execution: life.name },
          used: { ...deeper, cancels: used.cancels + 1 },
        }
      }
    }
    for (const { life } of seen.runs)
      yield { happening: { kind: 'repeat', execution: life.name }, used: deeper }
    const deletes: Happening[] = deletable.map(({ is, key }) => ({ kind: 'delete', what: is, key }))
    if (deletesImages) deletes.push(...seen.runs.flatMap(imageDeletes))
    for (const happening of deletes) {
      if (used.deletes >= this.#bounds.deletes) this.#count('deletes')
      else yield { happening, used: { ...deeper, deletes: used.deletes + 1 } }
    }
  }

  #answerFlaws(
    happening: Happening,
    seen: Seen,
    { refused, answer, commits }: { refused: string | null; answer: unknown; commits: number },
  ): Violated[] {
    const execution = 'execution' in happening ? happening.execution : null
    if (happening.kind === 'next') {
      const done = answer !== null && commits > 0
      return done
        ? []
        : [
            {
              invariant: 'what-is-due-is-done',
              execution,
              message: `${happening.task} is due and was not done`,
            },
          ]
    }
    if (happening.kind === 'repeat')
      return repeatFlaws(happening.execution, seen, { answer, commits })
    const isThere = (what: 'template' | 'component', key: string): boolean =>
      seen.reader.catalogGet(what, this.#ground.ids.get(key) ?? key) !== undefined
    const flaw = answerFlaw(mustBeRefusedWith(happening, seen, isThere), refused)
    const wrote =
      refused !== null && commits > 0 ? 'it was refused, and something was written' : null
    return [flaw, wrote].flatMap((message) =>
      message === null ? [] : [{ invariant: 'calls-as-documented', execution, message }],
    )
  }

  async #arrive(action: Action, stop: Stop, from: Stop): Promise<Next> {
    return stop.branch.read((reader) => {
      const lives = stop.lives.map((life) => followed(reader, life))
      for (const life of lives) coverStep(this.coverage, reader, life, from.lives)
      const seen = look(reader, lives)
      for (const { expected } of seen.runs) {
        if (expected.ended && expected.error !== null) this.coverage.error(expected.error.code)
      }
      const key = stateKey(seen, this.#canon)
      // What has ended counts in the key by its end alone, so it is looked at whenever one ends.
      const ends = seen.runs.some(({ row, life }) => {
        const known = from.lives.find(({ name }) => name === life.name)
        return row.outcome !== null && known?.ledger.seq !== life.ledger.seq
      })
      const broken =
        this.#checked.has(key) && !ends
          ? []
          : violations(seen, this.#ground.surroundings, this.#invariants)
      if (broken.length === 0) this.#checked.add(key)
      return { action, stop: { ...stop, lives }, key, violations: broken }
    })
  }

  #count(bound: keyof Bounds): void {
    this.cut[bound] = (this.cut[bound] ?? 0) + 1
  }
}

/** Each image that an execution has, to be deleted. */
function imageDeletes({ life, images }: SeenRun): readonly Happening[] {
  return [...images.keys()].map((region) => {
    return { kind: 'deleteImage', execution: life.name, region }
  })
}

/** The answer that was lost is given once more, and nothing is started. */
function repeatFlaws(
  execution: string,
  { runs }: Seen,
  { answer, commits }: { readonly answer: unknown; readonly commits: number },
): Violated[] {
  const id = runs.find(({ life }) => life.name === execution)?.row.id
  const given = (answer as { readonly ExecutionId: string } | null)?.ExecutionId
  if (given === id && commits === 0) return []
  const message = `the same start with the same ClientToken gave ${given ?? 'no execution'}, not ${id}`
  return [{ invariant: 'a-repeated-start-is-the-same', execution, message }]
}

/** `web`, then `web#2` and so on, as a scenario names them. */
function nameFor(template: string, lives: readonly Life[]): string {
  const count = lives.filter(({ ledger }) => ledger.wanted.key === template).length
  return count === 0 ? template : `${template}#${count + 1}`
}

/** Everything that is due at the next instant at which something is. */
function dueNext(reader: Reader): readonly WorkRow[] {
  const rows = reader.due({ axis: 'file', until: Number.MAX_SAFE_INTEGER, limit: 256 })
  return rows.filter(({ due }) => due === rows[0]?.due)
}
