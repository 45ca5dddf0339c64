import type { ExecutionStatus } from '../../../machines/status.js'
import type { Json } from '../../core/json.js'
import type { WorldPatch } from '../../imagebuilder/world/types.js'
import type { Rule } from '../plan/rule.js'
import type { Position } from './positions.js'

/** Parameters of an operation, as the caller would send them; the service judges their values. */
export type Parameters = { readonly [name: string]: Json }

/** A template or a component of a scenario: what creates it, and where the file says so. */
export interface Declared extends Position {
  /** With `RegionId` and `Name` filled in. */
  readonly parameters: Parameters
}

/** Ids by key, or by the name of an execution. */
export interface Ids {
  readonly components: Readonly<Record<string, string>>
  readonly templates: Readonly<Record<string, string>>
  readonly executions: Readonly<Record<string, string>>
}

/** A template or component by its key in the scenario. */
export interface Target {
  readonly is: 'template' | 'component'
  readonly key: string
}

/** A scenario as it is replayed: checked, every name resolved, every duration in milliseconds. */
export interface Scenario {
  readonly file: string
  readonly name: string
  readonly about: string | null
  readonly seed: number
  /** Where virtual time begins, in milliseconds since 1970. */
  readonly at: number
  /** Where templates and components are that name no region. */
  readonly region: string
  /** The change to the default world. */
  readonly world: WorldPatch
  readonly components: ReadonlyMap<string, Declared>
  readonly templates: ReadonlyMap<string, Declared>
  /** Ids that do not follow from the seed: those of a run that was recorded. */
  readonly ids: Ids
  /** Rules that follow the default plan's. Their `template` is a Name, not a key. */
  readonly plan: readonly Rule[]
  /** What no step creates, to be created before the first one: components, then templates. */
  readonly before: readonly Target[]
  readonly steps: readonly Step[]
  /** How far an exploration of it goes. */
  readonly explore: ExploreSection
}

/** The bounds of an exploration. Absent: as the command has it. */
export interface ExploreSection {
  readonly depth?: number
  readonly faults?: number
  readonly starts?: number
  readonly cancels?: number
  readonly deletes?: number
  readonly states?: number
}

/** A call that the service may refuse. */
interface Call extends Position {
  /** The code that it must be refused with. Null: it must succeed. */
  readonly refused: string | null
  /** The process dies when it has committed so often, and is opened anew; absent: it lives. */
  readonly dies?: number
}

export interface CreateStep extends Call {
  readonly kind: 'create'
  readonly target: Target
}

export interface StartStep extends Call {
  readonly kind: 'start'
  /** The template's key. */
  readonly template: string
  /** The name that the execution has in this scenario. Null when the start makes none. */
  readonly as: string | null
  readonly token: string | null
  /** The execution that the answer must name, that of an earlier start with the same token. */
  readonly same: string | null
}

/** Instead of a code: a cancel may come too late, or not. */
export const maybe = 'maybe'

export interface CancelStep extends Call {
  readonly kind: 'cancel'
  readonly execution: string
}

export interface AdvanceStep extends Position {
  readonly kind: 'advance'
  readonly ms: number
}

/** One thing that is due next, alone. */
export interface NextStep extends Position {
  readonly kind: 'next'
  readonly execution: string
  /** Which of its tasks; null: the first. */
  readonly task: string | null
  readonly dies?: number
}

/** Everything that must hold of every state, or what is named of it. */
export interface CheckStep extends Position {
  readonly kind: 'check'
  /** Names of invariants; null: all of them. */
  readonly invariants: readonly string[] | null
}

export interface WaitStep extends Position {
  readonly kind: 'wait'
  readonly execution: string
  /** Any of these; the five terminal ones for `ended`. */
  readonly until: readonly ExecutionStatus[]
  /** Virtual milliseconds after which not having come is an error. */
  readonly within: number
}

export interface DeleteStep extends Call {
  readonly kind: 'delete'
  readonly target: Target
}

/** The image that an execution has in a region. */
export interface DeleteImageStep extends Call {
  readonly kind: 'deleteImage'
  readonly execution: string
  readonly region: string
}

/** The process dies and the file is opened anew. */
export interface CrashStep extends Position {
  readonly kind: 'crash'
}

export interface EditStep extends Position {
  readonly kind: 'edit'
  readonly patch: WorldPatch
}

/** More rules, after all earlier ones. */
export interface PlanStep extends Position {
  readonly kind: 'plan'
  readonly rules: readonly Rule[]
}

/** What an image is: its status on the wire, or `none` when the region has none. */
export const imageStates = [
  'none',
  'Creating',
  'Waiting',
  'Available',
  'UnAvailable',
  'CreateFailed',
  'Deprecated',
] as const

export type ImageState = (typeof imageStates)[number]

/** What must hold of an execution when the step is reached. Absent: not looked at. */
export interface ExpectExecutionStep extends Position {
  readonly kind: 'expectExecution'
  readonly execution: string
  readonly status?: ExecutionStatus
  /** The ErrorCode. Null: there must be none. */
  readonly error?: string | null
  /** Text that Message must contain. */
  readonly message?: string
  /** Exactly the statuses that it has had, in order. */
  readonly visited?: readonly ExecutionStatus[]
  /** Each of these it has had. */
  readonly eventually?: readonly ExecutionStatus[]
  /** None of these it has had. */
  readonly never?: readonly ExecutionStatus[]
  /** It has had none but these. */
  readonly always?: readonly ExecutionStatus[]
  /** Milliseconds from its start to its end. */
  readonly lasted?: number
  /** By region. */
  readonly images?: Readonly<Record<string, ImageState>>
  /** By region: the accounts that the image is shared with, in any order. */
  readonly shared?: Readonly<Record<string, readonly string[]>>
  /** By task id (`buildImage`, `copy.cn-beijing`, `share.cn-beijing.1`): attempts begun. */
  readonly attempts?: Readonly<Record<string, number>>
}

/** What must hold of a template. Absent: not looked at. */
export interface ExpectTemplateStep extends Position {
  readonly kind: 'expectTemplate'
  readonly template: string
  readonly exists?: boolean
  /** How many executions it has had. */
  readonly executions?: number
  /** How many of them live. */
  readonly live?: number
}

export type Step =
  | CreateStep
  | StartStep
  | CancelStep
  | AdvanceStep
  | NextStep
  | CheckStep
  | WaitStep
  | DeleteStep
  | DeleteImageStep
  | CrashStep
  | EditStep
  | PlanStep
  | ExpectExecutionStep
  | ExpectTemplateStep
