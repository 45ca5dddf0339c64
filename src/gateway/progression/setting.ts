import { BakelineError } from '../../core/errors.js'
import { executionDefinition } from '../../imagebuilder/definition.js'
import type { Settings } from '../../imagebuilder/world-setting.js'

/**
 * How the simulated tasks of executions move on: in the plan's time, in no time at all, or with every
 * n-th DescribeImagePipelineExecutions that returns the execution.
 */
export type Progression =
  | { readonly mode: 'time' }
  | { readonly mode: 'immediate' }
  | { readonly mode: 'manual'; readonly describes: number }

/** The progressions of a file. */
export interface ProgressionSetting {
  readonly default: Progression
  /** Those that are their own, by ImagePipelineId. */
  readonly templates: Readonly<Record<string, Progression>>
}

/** The key of the setting that holds them, in JSON. */
export const progressionSetting = 'progression'

const plain: ProgressionSetting = { default: { mode: 'time' }, templates: {} }

let last: { readonly text: string; readonly value: ProgressionSetting } | null = null

/** The progressions of a file; `time` for every template when it says nothing. */
export function progressionsOf(settings: Settings): ProgressionSetting {
  const text = settings.setting(progressionSetting)
  if (text === undefined) return plain
  // Asked at every attempt and every description of an execution.
  if (last?.text !== text) last = { text, value: JSON.parse(text) as ProgressionSetting }
  return last.value
}

/** The progression of a template's executions. */
export function progressionOf(settings: Settings, template: string): Progression {
  const progressions = progressionsOf(settings)
  const { default: general, templates } = progressions
  if (progressions === plain) return general
  const own = Object.hasOwn(templates, template) ? templates[template] : undefined
  return own ?? general
}

const executions = `${executionDefinition.machine.id}@`

/**
 * How an execution of any machine moves on. What has no template (an image that a CreateImage or
 * CopyImage call makes) is never held, as nobody describes it by its execution.
 */
export function modeOf(
  settings: Settings,
  { machine, singletonKey }: { readonly machine: string; readonly singletonKey: string | null },
): Progression['mode'] {
  if (machine.startsWith(executions) && singletonKey !== null) {
    return progressionOf(settings, singletonKey).mode
  }
  const { mode } = progressionsOf(settings).default
  return mode === 'manual' ? 'time' : mode
}

/**
 * Reads a progression that comes from outside.
 *
 * @throws BakelineError `INVALID_INPUT`
 */
export function parseProgression(value: unknown): Progression {
  const given = typeof value === 'object' && value !== null ? { ...value } : { mode: value }
  const { mode, describes = 1, ...rest } = given as Readonly<Record<string, unknown>>
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) throw invalid(`unknown field "${unknown.slice(0, 100)}"`)
  if (mode === 'manual') {
    const whole = typeof describes === 'number' && Number.isSafeInteger(describes)
    if (whole && describes >= 1) return { mode, describes }
    throw invalid('describes is a whole number of at least 1')
  }
  if (mode !== 'time' && mode !== 'immediate') throw invalid('mode is time, immediate or manual')
  if (given && 'describes' in given) throw invalid('describes is of the mode manual')
  return { mode }
}

function invalid(problem: string): BakelineError {
  return new BakelineError('INVALID_INPUT', `progression: ${problem}`)
}
