import type { Shares } from './profile.js'
import { median, ratioOf } from './rounds.js'
import { type Line, type LineId, table } from './table.js'

/** What a crash may cost: nothing is kept, the process may die, the power may go. */
export type Durability = 'none' | 'WAL NORMAL' | 'WAL FULL' | 'PostgreSQL' | 'PostgreSQL async'

/** One figure, with the floor and the goal that the table asks of it. */
export interface Row extends Omit<Line, 'module'> {
  readonly name: LineId
  readonly durability: Durability
  /** Median over the rounds; null when nothing could be measured: `note` says why. */
  readonly ours: number | null
  /** The limit or the peer beside it, as it was measured; null where the figure stands alone. */
  readonly against: Against | null
  /** Median over the rounds of ours divided by the other's in the same round. */
  readonly ratio: number | null
  readonly rounds: number
  /** Each round as it came, for whoever wants to see the spread. */
  readonly each: { readonly ours: readonly number[]; readonly against: readonly number[] }
  readonly floorHeld: boolean | null
  readonly goalReached: boolean | null
  /** How it was measured where that is not plain, what bounds it, why it is missing. */
  readonly note: string | null
  /** Where our time went, most first: what bounds a figure that misses its goal. */
  readonly profile: Shares | null
}

export interface Against {
  readonly name: string
  readonly durability: Durability
  readonly value: number | null
}

/** The rounds of ours, alone or beside another's. */
export interface Rounds {
  readonly durability?: Durability
  readonly ours: readonly number[]
  readonly against?: {
    readonly name: string
    /** Ours when absent. */
    readonly durability?: Durability
    readonly rounds: readonly number[]
  }
  readonly note?: string
  /** Of a run of its own that does not count: `profileOf(…).rooms`, or its `.functions`. */
  readonly profile?: Shares
}

/** So many parts of a profile are kept. */
const profileParts = 8

/** A row from what the rounds gave; `inTurn` gives them. */
export function row(name: LineId, measured: Rounds): Row {
  const { durability = 'none', ours, against, note, profile } = measured
  if (against && against.rounds.length !== ours.length) {
    throw new Error(`${name}: ${ours.length} rounds against ${against.rounds.length}`)
  }
  const value = median(ours)
  const ratio = against ? ratioOf(ours, against.rounds) : null
  return {
    ...asked(name),
    durability,
    ours: value,
    against: against
      ? {
          name: against.name,
          durability: against.durability ?? durability,
          value: median(against.rounds),
        }
      : null,
    ratio,
    rounds: ours.length,
    each: { ours, against: against?.rounds ?? [] },
    ...judge(table[name], value, ratio),
    note: note ?? null,
    profile: profile?.slice(0, profileParts) ?? null,
  }
}

/** A row that says why there is no figure: a peer that is not installed, a tool that lacks. */
export function missing(name: LineId, why: string): Row {
  return {
    ...asked(name),
    durability: 'none',
    ours: null,
    against: null,
    ratio: null,
    rounds: 0,
    each: { ours: [], against: [] },
    floorHeld: null,
    goalReached: null,
    note: `not measured: ${why}`,
    profile: null,
  }
}

function asked(name: LineId): Omit<Line, 'module'> & { readonly name: LineId } {
  const { module: _, ...line } = table[name]
  return { name, ...line }
}

function judge(
  { judged, better, floor, goal }: Line,
  ours: number,
  ratio: number | null,
): Pick<Row, 'floorHeld' | 'goalReached'> {
  const value = judged === 'ours' ? ours : ratio
  const meets = (bound: number | null): boolean | null => {
    if (bound === null || value === null) return null
    return better === 'higher' ? value >= bound : value <= bound
  }
  return { floorHeld: meets(floor), goalReached: meets(goal) }
}
