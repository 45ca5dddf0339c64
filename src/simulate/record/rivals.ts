import { type Retold, retell } from './attempts.js'
import type { ObservedRun } from './observed.js'

/**
 * The runs that are asked for and those without which they would go otherwise: who waited for a slot
 * of a region waits again only when those that held it are there, and those that made them wait.
 */
export function withRivals(
  runs: readonly ObservedRun[],
  asked: ReadonlySet<string>,
): readonly ObservedRun[] {
  const wanted = new Set(asked)
  const told = new Map<string, Retold>()
  const of = (run: ObservedRun): Retold => {
    const known = told.get(run.id) ?? retell(run)
    told.set(run.id, known)
    return known
  }
  const open = runs.filter(({ id }) => asked.has(id) && waited(runs, id))
  for (let run = open.pop(); run !== undefined; run = open.pop()) {
    for (const other of runs) {
      if (wanted.has(other.id) || !meet(of(run), of(other))) continue
      wanted.add(other.id)
      if (waited(runs, other.id)) open.push(other)
    }
  }
  return runs.filter(({ id }) => wanted.has(id))
}

function waited(runs: readonly ObservedRun[], id: string): boolean {
  const records = runs.find((run) => run.id === id)?.records ?? []
  return records.some(({ kind, body }) => kind === 'attempt' && body.includes('"phase":"slot"'))
}

/** Whether both copied into one region at one time. */
function meet(a: Retold, b: Retold): boolean {
  const [copies, others] = [copiesOf(a), copiesOf(b)]
  return copies.some((copy) =>
    others.some((other) => {
      if (copy.input['region'] !== other.input['region']) return false
      return since(a) <= other.to && since(b) <= copy.to
    }),
  )
}

function copiesOf({ attempts }: Retold) {
  return attempts.filter(({ src }) => src === 'copyImage')
}

/** When a run began to copy: from then on it may have waited. */
function since({ steps }: Retold): number {
  return steps.find(({ state }) => state.value === 'copy')?.record.at ?? Number.POSITIVE_INFINITY
}
