import type { Happening } from './action.js'
import { type Life, newLife } from './seen.js'
import type { Ground } from './setup.js'

/** The executions that there are after a call was answered; what is recorded of them is still to be read. */
export function livesAfter(
  { wanted }: Pick<Ground, 'wanted'>,
  happening: Happening,
  { lives, answer }: { readonly lives: readonly Life[]; readonly answer: unknown },
): readonly Life[] {
  // Refused, or never answered: as if nobody had asked.
  if (answer === null) return lives
  if (happening.kind === 'deleteImage') {
    const { execution, region } = happening
    return lives.map((life) =>
      life.name === execution ? { ...life, removed: [...life.removed, region] } : life,
    )
  }
  if (happening.kind !== 'start') return lives
  const asked = wanted.get(happening.template)
  const { ExecutionId } = answer as { readonly ExecutionId: string }
  return asked === undefined ? lives : [...lives, newLife(happening.as, ExecutionId, asked)]
}
