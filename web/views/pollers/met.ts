export type Flaw = 'lies' | 'hangs' | 'double-starts'

const flaws: readonly Flaw[] = ['lies', 'hangs', 'double-starts']

/** How a poller met a case. */
export interface Met {
  readonly case: string
  readonly claim: string | null
  readonly error: string | null
  readonly saidAt: number
  readonly statusThen: string
  readonly end: string
  readonly endedAt: number
  readonly starts: number
  readonly flaws: readonly Flaw[]
  /** Null where nothing went wrong. */
  readonly scenario: string | null
}

export interface PollerReport {
  readonly name: string
  readonly about: string
  readonly meetings: readonly Met[]
}

export interface AllPollers {
  readonly pollers: readonly PollerReport[]
}

/** What an execution may come to, in the order of the table; others stand behind. */
const ends = ['SUCCESS', 'PARTITION_SUCCESS', 'TEST_FAILED', 'FAILED', 'CANCELLED']

/** The ends that were met, by any poller. */
export function endsOf({ pollers }: AllPollers): readonly string[] {
  const met = new Set(pollers.flatMap(({ meetings }) => meetings.map(({ end }) => end)))
  return [...ends.filter((end) => met.has(end)), ...[...met].filter((end) => !ends.includes(end))]
}

/** A cell of the table: how a poller met one end. */
export interface Cell {
  readonly meetings: readonly Met[]
  readonly wrong: readonly Met[]
  /** The flaws of them, each with how many cases show it. */
  readonly flaws: readonly (readonly [Flaw, number])[]
}

export function cellOf({ meetings }: PollerReport, end: string): Cell {
  const here = meetings.filter((met) => met.end === end)
  const found = flaws.flatMap((flaw): (readonly [Flaw, number])[] => {
    const count = here.filter((met) => met.flaws.includes(flaw)).length
    return count === 0 ? [] : [[flaw, count]]
  })
  return { meetings: here, wrong: here.filter((met) => met.flaws.length > 0), flaws: found }
}

/** What happened, in one line. */
export function storyOf(met: Met, length: (ms: number) => string): string {
  const { claim, error, saidAt, statusThen, end, endedAt, starts } = met
  const twice = starts > 1 ? `; it started ${starts}` : ''
  const ended = `it is ${end} after ${length(endedAt)}`
  if (claim === null) return `still waits after ${length(saidAt)}, ${ended}${twice}`
  const why = error === null ? '' : ` (${error})`
  return `says “${claim}”${why} after ${length(saidAt)} in ${statusThen}, ${ended}${twice}`
}

/** The name under which a case is opened as a scenario. */
export function fileNameOf(poller: string, met: Met): string {
  const slug = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
  return `${slug(poller)}-${slug(met.case)}`.slice(0, 80) + '.yaml'
}
