/** A fleet as it was played: its report, and the panels that the report's own page is made of. */
export interface Played {
  readonly report: {
    readonly name: string
    readonly about: string | null
    readonly file: string
    readonly seed: number
    readonly templates: number
    readonly confidence: number
    readonly precision: number
    readonly hash: string
    readonly point: {
      readonly runs: number
      readonly played: number
      readonly precise: boolean
    }
  }
  readonly panels: readonly { readonly name: string; readonly html: string }[]
  readonly html: string
  readonly csv: string
}

/** How far it is. */
export interface FleetProgress {
  readonly point: number
  readonly points: number
  readonly runs: number
  readonly most: number
  readonly executions: number
}
