import type { Transaction } from '../engine/transaction.js'
import { checkRegion } from './checks.js'
import { ownVersions } from './component-versions.js'
import { declaredParameters, parseContent } from './content/content.js'
import { EcsError } from './errors.js'
import { checkResourceGroup } from './labels/groups.js'
import { componentParameters } from './parameters/create-component.js'
import { deleteComponentParameters } from './parameters/delete-component.js'
import { nextVersion } from './parameters/version.js'
import { type Component, deleteRow, findRows, getRow, insertRow, timeText } from './rows.js'
import type { Caller } from './templates.js'
import { once } from './tokens.js'
import { editWorld } from './world/edit.js'
import { findComponent } from './world/find.js'

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
    checkResourceGroup(caller, rest.ResourceGroupId)
    checkQuota(tx, caller, region)
    const id = tx.newId(`component/${region}`)
    const Name = rest.Name ?? id
    const row: Component = {
      ImageComponentId: id,
      Name,
      Region: region,
      Account: account,
      CreationTime: timeText(tx.now),
      ComponentVersion: versionOf(tx, { ...caller, region, name: Name }, rest.ComponentVersion),
      ComponentType,
      SystemType,
      Content,
      Parameters: declaredParameters(content),
      Description: rest.Description ?? '',
      Tag: rest.Tag ?? [],
      ResourceGroupId: rest.ResourceGroupId ?? '',
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
  of: Caller & { readonly region: string; readonly name: string },
  asked: string | undefined,
): string {
  const taken = ownVersions(of, tx).map(({ version }) => version)
  if (asked === undefined) return nextVersion(taken)
  if (!taken.includes(asked)) return asked
  throw new EcsError(
    403,
    'InvalidComponentVersion.Exist',
    'The specified ComponentVersion does exist with the specified Name.',
    { Name: of.name, ComponentVersion: asked },
  )
}

/** DeleteImageComponent: not while a template names it, and never one of the service's. */
export function deleteComponent(tx: Transaction, raw: unknown, caller: Caller): void {
  const { RegionId: region, ImageComponentId: id } = deleteComponentParameters(raw)
  checkRegion(caller, region)
  const made = getRow(tx, 'component', id)
  const isMade = made?.Region === region && made.Account === caller.account
  const ofWorld = isMade ? undefined : findComponent(caller.world, id, region, caller.account)
  if (!isMade && ofWorld?.owner !== caller.account) {
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
  if (isMade) tx.catalogWrite(deleteRow('component', id))
  else removeFromWorld(tx, id, region, caller)
}

/** Takes an account's component out of the world, in this one region. */
function removeFromWorld(tx: Transaction, id: string, region: string, { world }: Caller): void {
  const found = world.components.find((component) => component.ImageComponentId === id)
  const everywhere = world.regions.map(({ RegionId }) => RegionId)
  const regions = (found?.regions ?? everywhere).filter((each) => each !== region)
  const patch =
    regions.length === 0
      ? { remove: { components: [id] } }
      : { components: [{ ImageComponentId: id, regions }] }
  tx.set('world', JSON.stringify(editWorld(world, patch)))
  tx.catalogWrite(deleteRow('componentLabels', `${region}/${id}`))
}
