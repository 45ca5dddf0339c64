import type { Happening } from './action.js'
import type { Seen, SeenRun } from './seen.js'

/** What must come of a call, in this state; null: it must be accepted. Undefined: not ours to say. */
export function mustBeRefusedWith(
  happening: Happening,
  seen: Seen,
  isThere: (what: 'template' | 'component', key: string) => boolean,
): string | null | undefined {
  switch (happening.kind) {
    case 'start': {
      if (!isThere('template', happening.template)) return 'InvalidImagePipeline.NotFound'
      const live = seen.runs.some((run) => isLiveOf(run, happening.template))
      // What a template names may have gone, or its image's name may be taken: other scenarios say so.
      return live ? 'InvalidImagePipeline.HasRunningExecution' : undefined
    }
    case 'cancel': {
      const run = seen.runs.find(({ life }) => life.name === happening.execution)
      if (run === undefined) return 'InvalidImagePipelineExecutionId.NotFound'
      if (run.expected.ended) return 'InvalidStatus.CancelFailed'
      const may = ['PREPARING', 'REPAIRING', 'BUILDING'].includes(run.expected.status)
      return may ? null : 'InvalidStatus.ImagePipelineExecution'
    }
    case 'delete': {
      const { what, key } = happening
      if (!isThere(what, key)) {
        return what === 'template'
          ? 'InvalidImagePipeline.NotFound'
          : 'InvalidImageComponent.NotFound'
      }
      if (what === 'component') return undefined
      const live = seen.runs.some((run) => isLiveOf(run, key))
      return live ? 'InvalidImagePipeline.HasRunningExecution' : null
    }
    case 'deleteImage':
      return imageRefusal(happening, seen)
    case 'repeat':
    case 'next':
      return null
  }
}

/** While an execution lives it needs its images, but for a copy that failed for good. */
function imageRefusal(
  { execution, region }: Extract<Happening, { kind: 'deleteImage' }>,
  { runs }: Seen,
): string | null {
  const run = runs.find(({ life }) => life.name === execution)
  const state = run?.expected.images[region] ?? 'none'
  if (run === undefined || state === 'none' || run.life.removed.includes(region)) return null
  if (!run.expected.ended && state !== 'CreateFailed') {
    const copying = state === 'Creating' && region !== run.life.ledger.wanted.region
    return copying ? 'OperationDenied.ImageCopying' : 'InvalidStatus.ImageIsCreating'
  }
  return (run.expected.shared[region] ?? []).length > 0 ? 'ImageUseShared' : null
}

function isLiveOf({ life, expected }: SeenRun, template: string): boolean {
  return life.ledger.wanted.key === template && !expected.ended
}

/** What is wrong with an answer; null when nothing is. */
export function answerFlaw(
  wanted: string | null | undefined,
  refused: string | null,
): string | null {
  if (wanted === undefined) {
    const known = 'InvalidImagePipeline.HasRunningExecution'
    return refused === known ? `it was refused with ${known}, and nothing is running` : null
  }
  if (wanted === refused) return null
  if (refused === null) return `it was accepted, and is to be refused with ${wanted}`
  return wanted === null
    ? `it was refused with ${refused}, and is to be accepted`
    : `it was refused with ${refused}, and is to be refused with ${wanted}`
}
