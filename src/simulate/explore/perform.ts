import { imageIdOf } from '../../imagebuilder/ids.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import type { WorkRow } from '../../core/ports.js'
import type { Action, Happening } from './action.js'
import { attemptOutcome } from './outcomes.js'
import { type Branch, type Called, call, withOutcome } from './process.js'
import type { Ledger } from './facts.js'
import type { Life } from './seen.js'
import type { Ground } from './setup.js'

/** Where an action is performed: a database, and the names of the executions in it. */
export interface Spot {
  readonly branch: Branch
  readonly lives: readonly Life[]
}

/** Lets something happen, in a process that has just opened the file. */
export async function perform(
  ground: Ground,
  { branch, lives }: Spot,
  { happening, dies }: Action,
): Promise<Called> {
  const { open } = ground.ports
  const lifeOf = (name: string): Ledger | undefined =>
    lives.find((life) => life.name === name)?.ledger
  const idOf = (name: string): string => lifeOf(name)?.id ?? name
  const prepared = await readied(branch, happening, idOf)
  const from = { open, branch: prepared, ...(dies === null ? {} : { lastCommit: dies }) }
  return call(from, (builder) => issue(builder, happening, { ground, lifeOf }))
}

/** The database in which what is due will end as it was chosen. */
async function readied(
  branch: Branch,
  happening: Happening,
  idOf: (name: string) => string,
): Promise<Branch> {
  if (happening.kind !== 'next' || happening.outcome === null) return branch
  if (happening.outcome.kind === 'succeeds') return branch
  const row = await rowOf(branch, idOf(happening.execution), happening.task)
  return withOutcome(branch, row, attemptOutcome(row, happening.outcome))
}

function rowOf(branch: Branch, execution: string, task: string): Promise<WorkRow> {
  return branch.read((reader) => {
    const n = reader.executionById(execution)?.n ?? 0
    const row = reader.workOf(n).find(({ id }) => id === task)
    if (row === undefined) throw new Error(`${task} of ${execution} is not pending`)
    return row
  })
}

/** The ClientToken of the start that makes an execution. */
export function tokenOf(execution: string): string {
  return `token-of-${execution}`
}

function issue(
  builder: ImageBuilder,
  happening: Happening,
  {
    ground,
    lifeOf,
  }: { readonly ground: Ground; readonly lifeOf: (name: string) => Ledger | undefined },
): Promise<unknown> {
  const { wanted, ids, scenario } = ground
  switch (happening.kind) {
    case 'next':
      return builder.engine.doNext({
        execution: lifeOf(happening.execution)?.id ?? happening.execution,
        id: happening.task,
      })
    case 'start':
      return builder.startExecution({
        RegionId: wanted.get(happening.template)?.region,
        ImagePipelineId: ids.get(happening.template),
        ClientToken: tokenOf(happening.as),
      })
    case 'repeat': {
      const template = lifeOf(happening.execution)?.wanted.key ?? ''
      return builder.startExecution({
        RegionId: wanted.get(template)?.region,
        ImagePipelineId: ids.get(template),
        ClientToken: tokenOf(happening.execution),
      })
    }
    case 'cancel':
      return builder.cancelExecution({
        RegionId: lifeOf(happening.execution)?.wanted.region,
        ExecutionId: lifeOf(happening.execution)?.id ?? happening.execution,
      })
    case 'deleteImage': {
      const { execution, region } = happening
      const ImageId = imageIdOf(lifeOf(execution)?.id ?? execution, region)
      return builder.deleteImage({ RegionId: region, ImageId })
    }
    case 'delete': {
      if (happening.what === 'template') {
        const RegionId = wanted.get(happening.key)?.region
        return builder.deleteTemplate({ RegionId, ImagePipelineId: ids.get(happening.key) })
      }
      const RegionId = scenario.components.get(happening.key)?.parameters['RegionId']
      return builder.deleteComponent({ RegionId, ImageComponentId: ids.get(happening.key) })
    }
  }
}
