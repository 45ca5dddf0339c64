import type { WorldPatch } from '../../imagebuilder/world/types.js'
import type { Rule, TaskName } from '../plan/rule.js'
import type { Spread } from '../plan/spread.js'
import type { Declared } from '../scenario/types.js'

/** When starts are asked for. Times are milliseconds from the beginning of a run. */
export type Process =
  | { readonly kind: 'at'; readonly times: readonly number[] }
  | { readonly kind: 'every'; readonly gap: number; readonly from: number }
  | { readonly kind: 'cron'; readonly pattern: string; readonly timezone: string }
  | { readonly kind: 'poisson'; readonly gap: number }
  | {
      readonly kind: 'bursts'
      readonly gap: number
      readonly size: number
      readonly within: number
      /** Whether bursts come at any moment, with that gap in the mean, or like clockwork. */
      readonly byChance: boolean
    }

export interface Arrivals {
  readonly process: Process
  /** Names of templates: all of them are asked for each time, or one of them, drawn. */
  readonly templates: readonly string[]
  readonly pick: 'each' | 'one'
  /** Each start is late by as much as is drawn. */
  readonly delay: string | Spread | null
}

export interface Limits {
  /** Live executions of one template; null: any number. */
  readonly perTemplate: number | null
  /** Live executions in all; null: any number. */
  readonly live: number | null
  /** Copies at once into one region; null: any number. */
  readonly copiesPerRegion: number | null
  /** Images in one region; null: any number. */
  readonly imagesPerRegion: number | null
  /** Newest images of one template that are kept in a region; null: all. */
  readonly imagesKept: number | null
}

/** When a fleet has been played often enough. */
export interface StopRule {
  /** How far the bounds may be from a value, as a share of it; of shares, as a difference. */
  readonly precision: number
  readonly least: number
  readonly most: number
}

/** What is varied, value by value; everything else stays, also what is drawn. */
export interface Sweep {
  readonly title: string
  readonly what:
    | { readonly kind: 'slower'; readonly task: TaskName }
    | { readonly kind: 'busier' }
    | { readonly kind: 'limit'; readonly limit: keyof Limits }
    | { readonly kind: 'probability'; readonly rules: readonly number[] }
  readonly values: readonly number[]
}

/** A fleet file that was checked, every name resolved, every duration in milliseconds. */
export interface Fleet {
  readonly file: string
  readonly name: string
  readonly about: string | null
  readonly seed: number
  /** Where virtual time begins, in milliseconds since 1970. */
  readonly at: number
  /** How long starts arrive in one run. */
  readonly lasts: number
  /** The beginning of it that is played but not measured. */
  readonly warmup: number
  readonly region: string
  readonly world: WorldPatch
  readonly components: ReadonlyMap<string, Declared>
  /** By key; those that are repeated by key#1, key#2 and so on. */
  readonly templates: ReadonlyMap<string, Declared>
  readonly plan: readonly Rule[]
  readonly arrivals: readonly Arrivals[]
  readonly limits: Limits
  readonly stop: StopRule
  /** The lead time that the fleet should keep, or null. */
  readonly goal: number | null
  readonly sweep: Sweep | null
}
