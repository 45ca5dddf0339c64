import type { Transaction } from '../engine/transaction.js'
import { checkRegion } from './checks.js'
import { declaredParameters, parseContent } from './content/content.js'
import { EcsError } from './errors.js'
import { componentParameters } from './parameters/create-component.js'
import { deleteComponentParameters } from './parameters/delete-component.js'
import { nextVersion } from './parameters/version.js'
import { type Component, deleteRow, findRows, getRow, insertRow, timeText } from './rows.js'
import type { Caller } from './templates.js'
import { once } from './tokens.js'

/** CreateImageComponent. */
export function createComponent(
  tx: Transaction,
  raw: unknown,
  caller: Caller,
): { readonly ImageComponentId: string } {
  const { RegionId: region, ClientToken: token, ...rest } = componentParameters(raw)
  const { account } = caller
  checkRegion(caller, region)
  const request = { action: 'CreateImageComponent', account, region, token, parameters: rest }
  return once(tx, request, () => {
    const { Content, ComponentType, SystemType } = rest
    const use = { kind: 'component', purpose: ComponentType, systemType: SystemType } as const
    const content = parseContent(Content, use)
    checkQuota(tx, caller, region)
    const id = tx.newId(`component/${region}`)
    const Name = rest.Name ?? id
    const row: Component = {
      ImageComponentId: id,
      Name,
      Region: region,
      Account: account,
      CreationTime: timeText(tx.now),
      ComponentVersion: versionOf(tx, { region, account, Name }, rest.ComponentVersion),
      ComponentType,
      SystemType,
      Content,
      Parameters: declaredParameters(content),
      Description: rest.Description ?? '',
      Tag: rest.Tag ?? [],
    }
    tx.catalogWrite(insertRow('component', id, row))
    return { ImageComponentId: id }
  })
}

function checkQuota(tx: Transaction, { world, account }: Caller, region: string): void {
  const limit = world.quotas.components
  const where = { Region: region, Account: account }
  if (findRows(tx, 'component', where, limit).length < limit) return
  throw new EcsError(
    400,
    'QuotaExceed.ImageComponent',
    `The number of image components in ${region} exceeds the limit (${limit}).`,
    { RegionId: region },
  )
}

/** The version asked for, when its name does not have it yet; else the next major one. */
function versionOf(
  tx: Transaction,
  of: { readonly region: string; readonly account: string; readonly Name: string },
  asked: string | undefined,
): string {
  const taken = findRows(tx, 'component', { Region: of.region, Name: of.Name })
    .filter(({ Account }) => Account === of.account)
    .map(({ ComponentVersion }) => ComponentVersion)
  if (asked === undefined) return nextVersion(taken)
  if (!taken.includes(asked)) return asked
  throw new EcsError(
    403,
    'InvalidComponentVersion.Exist',
    'The specified ComponentVersion does exist with the specified Name.',
    { Name: of.Name, ComponentVersion: asked },
  )
}

/** DeleteImageComponent: not while a template names it. */
export function deleteComponent(tx: Transaction, raw: unknown, caller: Caller): void {
  const { RegionId: region, ImageComponentId: id } = deleteComponentParameters(raw)
  checkRegion(caller, region)
  const component = getRow(tx, 'component', id)
  if (!component || component.Region !== region || component.Account !== caller.account) {
    throw new EcsError(
      404,
      'InvalidImageComponent.NotFound',
      `The specified image component ${id} does not exist in ${region}.`,
      { ImageComponentId: id, RegionId: region },
    )
  }
  const [user] = findRows(tx, 'reference', { ImageComponentId: id }, 1)
  if (user) {
    throw new EcsError(
      403,
      'InvalidImageComponent.InUse',
      `The specified image component ${id} is in use by ${user.ImagePipelineId}.`,
      { ImageComponentId: id, ImagePipelineId: user.ImagePipelineId },
    )
  }
  tx.catalogWrite(deleteRow('component', id))
}
