import type { z } from 'zod'
import { WorldError } from './error.js'
import { worldPatchSchema, worldSchema } from './schema.js'
import type { World, WorldPatch } from './types.js'

export { WorldError }

/** @throws WorldError naming the first wrong path, and the nearest legal word for a misspelt one */
export function parseWorld(value: unknown): World {
  return parse(worldSchema, value, [])
}

/**
 * Reads a change to a world; whether it fits a given world is for `editWorld` to say.
 *
 * @throws WorldError naming the first wrong path, and the nearest legal word for a misspelt one
 */
export function parseWorldPatch(value: unknown): WorldPatch {
  return parse(worldPatchSchema, value, [])
}

/** Reads `value`, which stands at `at`, by a schema. */
export function parse<T>(
  schema: z.ZodType<T>,
  value: unknown,
  at: readonly (string | number)[],
): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = [...at, ...(issue?.path ?? []), ...keys].map((step) =>
    typeof step === 'number' ? step : String(step).slice(0, 100),
  )
  throw new WorldError(path, problemOf(issue?.message ?? 'Invalid'))
}

function problemOf(message: string): string {
  const missing = /^Invalid input: expected (.+), received undefined$/.exec(message)
  return missing === null ? message : `Missing: give a value of type ${missing[1]}`
}
