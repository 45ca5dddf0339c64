import { distribution } from '../../machines/distribution.js'
import { executionMachine } from '../../machines/execution.js'
import type { ExecutionInput } from '../../machines/execution-context.js'
import {
  cancellableStatuses,
  type ExecutionStatus,
  terminalStatuses,
} from '../../machines/status.js'
import { BakelineError } from '../core/errors.js'
import type { Transaction } from '../engine/transaction.js'
import type { Execution } from '../engine/types.js'
import type { Place } from './base-image.js'
import { type Checked, checkRegion, checkTemplate } from './checks.js'
import { EcsError } from './errors.js'
import { findExecution, type TemplateExecution } from './find-execution.js'
import { imageIdOf } from './ids.js'
import { checkNameIsFree, fixedImageName, reserveName, suffixedName } from './image-names.js'
import { notableOfBuilt, sayTheSame } from './images/traits.js'
import { writeLabels } from './labels/labels.js'
import { cancelParameters } from './parameters/cancel-execution.js'
import { type StartParameters, startParameters } from './parameters/start-execution.js'
import { deleteRow, findRows, insertRow, patchRow, type Template } from './rows.js'
import { liveOf, runningError } from './running.js'
import { type Caller, templateOf } from './templates.js'
import { tokenKey, tokenMismatch } from './tokens.js'

/**
 * StartImagePipelineExecution. Decided inside the transaction, in this order: parameters, region,
 * ClientToken, template, running execution, and then again what the template names, because it may
 * have gone since the template was made.
 */
export function startExecution(
  tx: Transaction,
  raw: unknown,
  caller: Caller,
): { readonly ExecutionId: string } {
  const parameters = startParameters(raw)
  const { RegionId: region, ImagePipelineId: id, Tag = [] } = parameters
  const { account } = caller
  checkRegion(caller, region)
  const once = onceFor(parameters, account)
  const known = once === null ? null : repeated(tx, once)
  if (known) return { ExecutionId: known.id }
  const template = templateOf(tx, id, { region, account })
  const live = liveOf(tx, id)
  if (live) throw runningError(tx, id, live, 'be started again')
  const place: Place = { account, world: caller.world, catalog: tx, region }
  const checked = checkTemplate(template.Parameters, place, () => baseGone(template))
  const fixed = fixedImageName(template)
  if (fixed !== null) checkNameIsFree(tx, fixed, caller.world)
  const input = (executionId: string) => executionInput(template, checked, executionId)
  const start = { singletonKey: id, input }
  const keyed = once && { ...start, idempotencyKey: once.key, request: once.request }
  const executionId = tx.start(executionMachine, keyed ?? start)
  if (fixed !== null) reserveName(tx, fixed, executionId)
  writeTraits(tx, executionId, { template, checked })
  const { ResourceGroupId = '' } = template.Parameters
  if (Tag.length > 0 || ResourceGroupId !== '') {
    const of = { type: 'imagepipelineexecution', id: executionId, region } as const
    writeLabels(tx, of, { Tag, ResourceGroupId })
  }
  return { ExecutionId: executionId }
}

/**
 * What its images are going to be like, unless its template says it already: the base image may have
 * changed since. Nothing to say is said, too, where the template says something.
 */
function writeTraits(
  tx: Transaction,
  executionId: string,
  { template, checked: { base } }: { readonly template: Template; readonly checked: Checked },
): void {
  const traits = notableOfBuilt(base.traits, template.Parameters, base.osType)
  if (sayTheSame(template.ImageTraits ?? {}, traits)) return
  tx.catalogWrite(insertRow('imageTraits', executionId, traits))
}

/** What makes a start repeatable: its token, with the rest of what it says. */
interface Once {
  readonly token: string
  readonly key: string
  readonly request: object
}

function onceFor(parameters: StartParameters, account: string): Once | null {
  if (parameters.ClientToken === undefined) return null
  const { RegionId: region, ClientToken: token, ...request } = parameters
  const action = 'StartImagePipelineExecution'
  return { token, key: tokenKey({ action, account, region, token }), request }
}

/** The execution that the same token started; a token that came with another request is refused. */
function repeated(tx: Transaction, { key, request, token }: Once): Execution | null {
  try {
    return tx.idempotent(key, request)
  } catch (error) {
    if (error instanceof BakelineError && error.code === 'IDEMPOTENCY_MISMATCH') {
      throw tokenMismatch(token)
    }
    throw error
  }
}

/** The base image was there when the template was made, and is not now. */
function baseGone({ BaseImageIsOwn, Parameters, Region }: Template): EcsError {
  const { BaseImage = '' } = Parameters
  if (BaseImageIsOwn) {
    return new EcsError(
      404,
      'InvalidImagePipeline.BaseImageNotFound',
      'The BaseImage of the specified ImagePipeline is not found.',
      { BaseImage, RegionId: Region },
    )
  }
  return new EcsError(
    404,
    'InvalidImage.NotFound',
    `The specified image "${BaseImage}" is no longer visible in ${Region}.`,
    { BaseImage, RegionId: Region },
  )
}

/** `{prefix}_{ExecutionId}`, or the bare prefix when the suffix is disabled. */
function imageNameOf(template: Template, executionId: string): string {
  const prefix = template.Parameters.ImageOptions?.ImageName ?? template.Name
  return fixedImageName(template)?.name ?? suffixedName(prefix, executionId)
}

function executionInput(template: Template, checked: Checked, executionId: string): ExecutionInput {
  const { Parameters: parameters, Region: region, Account: account } = template
  const { copies, accounts } = distribution({
    region,
    account,
    ToRegionId: parameters.ToRegionId ?? [],
    AddAccount: parameters.AddAccount ?? [],
    imageIdFor: (target) => imageIdOf(executionId, target),
  })
  return {
    executionId,
    templateId: template.ImagePipelineId,
    region,
    account,
    imageId: imageIdOf(executionId, region),
    imageName: imageNameOf(template, executionId),
    imageFamily: parameters.ImageOptions?.ImageFamily ?? '',
    osType: checked.base.osType,
    baseImage: parameters.BaseImage ?? '',
    instanceType: checked.instanceType,
    repairMode: parameters.RepairMode ?? null,
    hasTests: (parameters.TestContent ?? '').trim() !== '',
    copies,
    accounts,
    deleteInstanceOnFailure: parameters.DeleteInstanceOnFailure,
  }
}

/**
 * The execution of an account in a region.
 *
 * @throws EcsError 404 InvalidImagePipelineExecutionId.NotFound
 */
function executionOf(
  tx: Pick<Transaction, 'get'>,
  id: string,
  { region, account }: { readonly region: string; readonly account: string },
): TemplateExecution {
  const execution = findExecution(tx, id, { region, account })
  if (execution) return execution
  throw new EcsError(
    404,
    'InvalidImagePipelineExecutionId.NotFound',
    'The specified ImagePipelineExecutionId does not exist.',
    { ExecutionId: id, RegionId: region },
  )
}

/** CancelImagePipelineExecution: legal while it is PREPARING, REPAIRING or BUILDING. */
export function cancelExecution(tx: Transaction, raw: unknown, caller: Caller): void {
  const { RegionId: region, ExecutionId: id } = cancelParameters(raw)
  checkRegion(caller, region)
  const execution = executionOf(tx, id, { region, account: caller.account })
  const status = execution.status as ExecutionStatus
  if (terminalStatuses.includes(status)) {
    throw new EcsError(
      400,
      'InvalidStatus.CancelFailed',
      'Failed to cancel execution,status is success, failed or cancelled.',
      { ExecutionId: id, Status: status },
    )
  }
  if (!cancellableStatuses.includes(status)) {
    throw new EcsError(
      403,
      'InvalidStatus.ImagePipelineExecution',
      `The execution ${id} is ${status}; it can be cancelled while it is ` +
        `${cancellableStatuses.join(', ')}.`,
      { ExecutionId: id, Status: status },
    )
  }
  tx.send(id, { type: 'CANCEL' })
}

/**
 * Ends an execution at once, in any status and also when it is stuck: its tasks stop, nothing is
 * released. An image that was being made is gone, a copy that was being made has failed.
 */
export function endByForce(tx: Transaction, id: string): void {
  tx.cancel(id)
  for (const row of findRows(tx, 'image', { ExecutionId: id, Status: 'Creating' })) {
    const isCopy = row.SourceImageId !== ''
    tx.catalogWrite(
      isCopy
        ? patchRow('image', row.ImageId, { Status: 'CreateFailed' })
        : deleteRow('image', row.ImageId),
    )
  }
}
