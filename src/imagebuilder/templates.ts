import type { Transaction } from '../engine/transaction.js'
import type { Place } from './base-image.js'
import { checkRegion, checkTemplate } from './checks.js'
import { EcsError } from './errors.js'
import { checkResourceGroup } from './labels/groups.js'
import { liveOf, runningError } from './running.js'
import { checkNameIsFree, fixedImageName } from './image-names.js'
import { forgetTraits, keepTraits } from './images/changes.js'
import { notableOfBuilt } from './images/traits.js'
import { type TemplateParameters, templateParameters } from './parameters/create-template.js'
import { deleteTemplateParameters } from './parameters/delete-template.js'
import { deleteRow, findRows, getRow, insertRow, type Template, timeText } from './rows.js'
import { once } from './tokens.js'
import type { World } from './world/types.js'

/** Who asks, and in which world. */
export interface Caller {
  readonly account: string
  readonly world: World
}

/** CreateImagePipeline. */
export function createTemplate(
  tx: Transaction,
  raw: unknown,
  caller: Caller,
): { readonly ImagePipelineId: string } {
  const parameters = templateParameters(raw)
  const { RegionId: region, ClientToken: token, ...rest } = parameters
  checkRegion(caller, region)
  const { account } = caller
  const request = { action: 'CreateImagePipeline', account, region, token, parameters: rest }
  return once(tx, request, () => {
    checkResourceGroup(caller, parameters.ResourceGroupId)
    const place: Place = { ...caller, catalog: tx, region }
    const { base, components } = checkTemplate(parameters, place, () => baseNotFound(parameters))
    checkQuota(place)
    const id = tx.newId(`template/${region}`)
    const traits = notableOfBuilt(base.traits, parameters, base.osType)
    const row: Template = {
      ImagePipelineId: id,
      Name: parameters.Name ?? id,
      Region: region,
      Account: account,
      CreationTime: timeText(tx.now),
      BaseImageIsOwn: base.own || parameters.BaseImageType === 'IMAGE_FAMILY',
      ...(Object.keys(traits).length === 0 ? {} : { ImageTraits: traits }),
      Parameters: parameters,
    }
    const fixed = fixedImageName(row)
    if (fixed !== null) checkNameIsFree(tx, fixed, caller.world)
    tx.catalogWrite(
      insertRow('template', id, row),
      ...components.map((component) =>
        insertRow('reference', `${component}/${id}`, {
          ImageComponentId: component,
          ImagePipelineId: id,
        }),
      ),
    )
    return { ImagePipelineId: id }
  })
}

function baseNotFound({ BaseImage, BaseImageType, RegionId }: TemplateParameters): EcsError {
  const what = BaseImageType === 'IMAGE_FAMILY' ? 'image family' : 'image'
  return new EcsError(
    404,
    'InvalidImage.NotFound',
    `The specified ${what} "${BaseImage ?? ''}" does not exist in ${RegionId}.`,
    { BaseImage: BaseImage ?? '', RegionId },
  )
}

function checkQuota({ catalog, world, region, account }: Place): void {
  const limit = world.quotas.templates
  const where = { Region: region, Account: account }
  if (findRows(catalog, 'template', where, limit).length < limit) return
  throw new EcsError(
    400,
    'QuotaExceed.ImagePipeline',
    `The number of image pipelines in ${region} exceeds the limit (${limit}).`,
    { RegionId: region },
  )
}

/**
 * The template of an account in a region.
 *
 * @throws EcsError 404 InvalidImagePipeline.NotFound
 */
export function templateOf(
  tx: Pick<Transaction, 'catalogGet' | 'catalogFind'>,
  id: string,
  { region, account }: { readonly region: string; readonly account: string },
): Template {
  const template = getRow(tx, 'template', id)
  if (template && template.Region === region && template.Account === account) return template
  throw new EcsError(
    404,
    'InvalidImagePipeline.NotFound',
    `The specified image pipeline ${id} does not exist in ${region}.`,
    { ImagePipelineId: id, RegionId: region },
  )
}

/** DeleteImagePipeline: its executions and their history go with it, its images stay. */
export function deleteTemplate(tx: Transaction, raw: unknown, caller: Caller): void {
  const { RegionId: region, ImagePipelineId: id } = deleteTemplateParameters(raw)
  checkRegion(caller, region)
  const template = templateOf(tx, id, { region, account: caller.account })
  const live = liveOf(tx, id)
  if (live) throw runningError(tx, id, live, 'be deleted')
  for (const { id: execution } of tx.executions({
    singletonKey: id,
    limit: Number.MAX_SAFE_INTEGER,
  })) {
    if (getRow(tx, 'executionTags', execution))
      tx.catalogWrite(deleteRow('executionTags', execution))
    const hasImages = findRows(tx, 'image', { ExecutionId: execution }, 1).length > 0
    if (hasImages) keepTraits(tx, execution, template)
    else forgetTraits(tx, execution)
    tx.remove(execution)
  }
  const references = findRows(tx, 'reference', { ImagePipelineId: id })
  tx.catalogWrite(
    deleteRow('template', id),
    ...references.map(({ ImageComponentId }) =>
      deleteRow('reference', `${ImageComponentId}/${id}`),
    ),
  )
}
