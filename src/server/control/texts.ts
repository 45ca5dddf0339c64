import { z } from 'zod'
import { type Mistake, ScenarioError } from '../../simulate/scenario/error.js'

/** Texts that somebody writes on the page, and what is wrong with them. */

/** What is read while others wait for their answers must be short. */
const longest = 128 * 1024

export const text = z.string().max(longest, `must have at most ${longest} characters`)

/** What a text is called in messages; nothing is read from there. */
export const fileName = z.string().max(200)

export const mistake = z
  .object({ line: z.number().int(), column: z.number().int(), message: z.string() })
  .meta({ id: 'scenarioMistake', description: 'Lines and columns count from 1.' })

/** What is wrong with a text, told by what reads it. */
export function mistakesOf(read: () => unknown): readonly Mistake[] {
  try {
    read()
    return []
  } catch (error) {
    if (error instanceof ScenarioError) return error.mistakes
    throw error
  }
}
