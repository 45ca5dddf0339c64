import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import type { Steps } from '../../imagebuilder/steps.js'

/**
 * Opens the scenario's file; again after a crash. Nothing runs in the background. The process that
 * opens it may be one that dies after so many commits.
 */
export type OpenFile = (fate?: { readonly lastCommit: number }) => Promise<ImageBuilder>

/** Something that happened to an execution while a step was played. */
export interface Happening {
  /** Milliseconds since the scenario began. */
  readonly offset: number
  /** The execution's name in the scenario. */
  readonly execution: string
  readonly text: string
  /** The last record of the execution that it tells of. */
  readonly seq: number
}

/** An execution of a run with its whole history, as a picture of it needs it. */
export interface Lived {
  /** Its name in the scenario. */
  readonly name: string
  readonly steps: Steps
}

/** What a step came to, for the tree and for the trace. */
export interface Played {
  readonly title: string
  readonly result: string
  readonly failures?: readonly string[]
  /** The rest of the scenario makes no sense any more. */
  readonly stop?: boolean
}

/** A step as it was played. */
export interface Beat {
  /** Where the step stands in the file, or what is created before the first one; from 1. */
  readonly line: number
  readonly column: number
  readonly offset: number
  /** Milliseconds of virtual time that passed in it. */
  readonly took: number
  readonly title: string
  readonly result: string
  readonly happenings: readonly Happening[]
  /** What was not as it should be. */
  readonly failures: readonly string[]
}

/** A scenario that was replayed. */
export interface Replayed {
  readonly name: string
  readonly file: string
  readonly seed: number
  /** Where virtual time began, in milliseconds since 1970. */
  readonly at: number
  readonly ok: boolean
  readonly beats: readonly Beat[]
  readonly executions: number
  readonly records: number
  readonly trace: readonly string[]
  /** SHA-256 of the trace, in hex. */
  readonly hash: string
  /** The first executions with their histories, where they were asked for. */
  readonly lives?: readonly Lived[]
}
