import { defaultWorld } from '../../imagebuilder/world/default.js'
import { editWorld } from '../../imagebuilder/world/edit.js'
import { WorldError } from '../../imagebuilder/world/error.js'
import type { World, WorldPatch } from '../../imagebuilder/world/types.js'
import type { Path, Problem } from '../plan/problems.js'
import type { Scenario } from './types.js'

/** Changes of the world that do not fit it: a region that is not there, say. The first one only. */
export function worldProblems({ world, steps }: Scenario): readonly Problem[] {
  const edits = steps.flatMap((step, index): { patch: WorldPatch; at: Path }[] =>
    step.kind === 'edit' ? [{ patch: step.patch, at: ['steps', index, 'edit'] }] : [],
  )
  let now: World = defaultWorld
  for (const { patch, at } of [{ patch: world, at: ['world'] }, ...edits]) {
    const next = edited(now, patch)
    if (next instanceof WorldError) return [problemOf(next, at)]
    now = next
  }
  return []
}

function edited(world: World, patch: WorldPatch): World | WorldError {
  try {
    return editWorld(world, patch)
  } catch (error) {
    if (error instanceof WorldError) return error
    throw error
  }
}

/** The error's message begins with its path, which the place in the file says better. */
function problemOf({ path, message }: WorldError, at: Path): Problem {
  const prefix = path.length === 0 ? '' : `${path.join('.')}: `
  const problem = message.slice(prefix.length).replace(/^Missing/, `"${path.at(-1)}" is missing`)
  return { path: [...at, ...path], at: 'value', message: problem }
}
