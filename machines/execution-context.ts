/** The facts that an execution keeps: JSON only, and small enough to write at every step. */
import type { Copy } from './distribution.js'
import { type Fault, faultOf } from './fault.js'

/** What the start of an execution gives its machine. */
export interface ExecutionInput {
  readonly executionId: string
  readonly templateId: string
  readonly region: string
  readonly account: string
  /** The id and the full name that the image will have in the template's region. */
  readonly imageId: string
  readonly imageName: string
  /** The family that the images will belong to; '' for none. */
  readonly imageFamily: string
  readonly osType: 'linux' | 'windows'
  readonly baseImage: string
  readonly instanceType: string
  /** `Standard`, `All`, `Customized`, or null: do not repair. */
  readonly repairMode: string | null
  /** Whether the template has TestContent. */
  readonly hasTests: boolean
  /** Without duplicates and without the own region and account: see `distribution`. */
  readonly copies: readonly Copy[]
  readonly accounts: readonly string[]
  readonly deleteInstanceOnFailure: boolean
}

/** A task of `create` that failed for good: the execution can only release and fail. */
export interface Fatal extends Fault {
  readonly task: 'prepareInstance' | 'repairImage' | 'buildImage' | 'testImage'
}

/**
 * A failure that the execution outlives. Accounts of one share that failed alike stand in one
 * problem, so that 20 regions with 20 closed accounts stay a few kB.
 */
export type Problem = Fault &
  (
    | { readonly stage: 'copy'; readonly region: string }
    | { readonly stage: 'share'; readonly region: string; readonly accounts: readonly string[] }
    | { readonly stage: 'release' | 'cancel' }
  )

export interface ExecutionContext extends ExecutionInput {
  /** The image of the own region: not begun, being made, usable, or made and lost. */
  readonly image: 'none' | 'creating' | 'available' | 'gone'
  /** Ids of the copy or share tasks that have not ended. */
  readonly outstanding: readonly string[]
  /** Regions that have their copy, in the order of arrival. */
  readonly copied: readonly string[]
  /** In order of occurrence. */
  readonly problems: readonly Problem[]
  readonly fatal: Fatal | null
}

/** The facts at the beginning. Written out: an object that is spread is slow to make, and to copy. */
export function initialContext(input: ExecutionInput): ExecutionContext {
  return {
    executionId: input.executionId,
    templateId: input.templateId,
    region: input.region,
    account: input.account,
    imageId: input.imageId,
    imageName: input.imageName,
    imageFamily: input.imageFamily,
    osType: input.osType,
    baseImage: input.baseImage,
    instanceType: input.instanceType,
    repairMode: input.repairMode,
    hasTests: input.hasTests,
    copies: input.copies,
    accounts: input.accounts,
    deleteInstanceOnFailure: input.deleteInstanceOnFailure,
    image: 'none',
    outstanding: [],
    copied: [],
    problems: [],
    fatal: null,
  }
}

/** The tasks of a fan-out that have not ended, after one more has. */
export function without(context: ExecutionContext, id: string): string[] {
  return context.outstanding.filter((other) => other !== id)
}

/** A list with others at its end: itself, nearly always, as nothing has failed. */
export function withAll<T>(list: readonly T[], others: readonly T[]): readonly T[] {
  return others.length === 0 ? list : [...list, ...others]
}

/** The fatal failure of one task of `create`, from its error. */
export function fatalOf(task: Fatal['task'], error: unknown): Fatal {
  return { task, ...faultOf(error) }
}

/** The problem of resources that were not released, in the stage that was to release them. */
export function releaseProblem(stage: 'release' | 'cancel', error: unknown): Problem {
  return { stage, ...faultOf(error) }
}

/** The id of the image of the own region, or '' while there is none. */
export function presentImageId({ image, imageId }: ExecutionContext): string {
  return image === 'creating' || image === 'available' ? imageId : ''
}
