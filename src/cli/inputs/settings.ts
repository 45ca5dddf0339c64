import { defaultWorld } from '../../imagebuilder/world/default.js'
import { editWorld } from '../../imagebuilder/world/edit.js'
import { WorldError } from '../../imagebuilder/world/error.js'
import { parseWorldPatch } from '../../imagebuilder/world/parse.js'
import type { WorldPatch } from '../../imagebuilder/world/types.js'
import { type Problem, problemsOf, read } from '../../simulate/plan/problems.js'
import type { Rule } from '../../simulate/plan/rule.js'
import { planSchema } from '../../simulate/plan/schema.js'
import { scenarioError } from '../../simulate/scenario/messages.js'
import { positionOf } from '../../simulate/scenario/positions.js'
import { isMapping, readSource, type Source } from '../../simulate/scenario/source.js'
import { readInput } from './text.js'

/**
 * Reads `--world`: changes to the default world.
 *
 * @throws ScenarioError with line and column
 */
export async function readWorld(file: string): Promise<WorldPatch> {
  const text = await readInput(file)
  const source = sourceOf(file, text)
  try {
    const patch = parseWorldPatch(source.value)
    editWorld(defaultWorld, patch)
    return patch
  } catch (error) {
    if (!(error instanceof WorldError)) throw error
    const { path, message } = error
    throw scenarioError(file, text, [{ ...positionOf(source, path, 'value'), message }])
  }
}

/**
 * Reads `--plan`: a list of rules, or a mapping with `plan`.
 *
 * @throws ScenarioError with line and column
 */
export async function readPlan(file: string): Promise<readonly Rule[]> {
  const text = await readInput(file)
  const source = sourceOf(file, text)
  const wrapped = isMapping(source) && 'plan' in (source.value as object)
  const value = wrapped ? (source.value as { plan: unknown }).plan : source.value
  const result = read(planSchema, value)
  if (result.success) return result.data
  const problems = problemsOf(result.error, wrapped ? ['plan'] : [])
  const place = ({ path, at, message }: Problem) => ({ ...positionOf(source, path, at), message })
  throw scenarioError(file, text, problems.map(place))
}

function sourceOf(file: string, text: string): Source {
  const source = readSource(text)
  if ('document' in source) return source
  throw scenarioError(file, text, source)
}
