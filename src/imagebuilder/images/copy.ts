import { imageMachine } from '../../../machines/image.js'
import type { Transaction } from '../../engine/transaction.js'
import type { Place } from '../place.js'
import { isNameFree } from '../image-names.js'
import { checkResourceGroup } from '../labels/groups.js'
import type { CopyImageParameters } from '../parameters/copy-image.js'
import { insertRow, timeText } from '../rows.js'
import type { Caller } from '../templates.js'
import { once } from '../tokens.js'
import { findRegion } from '../world/find.js'
import { isInArrears } from './arrears.js'
import { arrears, endDryRun, noImage, refuse } from './faults.js'
import { copy } from './faults-making.js'
import { checkImageQuota } from './quotas.js'
import { aliasOf, imageSeen, type SeenImage } from './seen.js'
import { inherited } from './traits.js'

/**
 * CopyImage: answers at once with the id of the copy, which is `Waiting` while five others are
 * under way to its region, then `Creating`. Decided in this order: regions, ClientToken, image, who
 * may copy it where, its status, resource group, name, quota, DryRun.
 */
export function copyImage(
  tx: Transaction,
  asked: CopyImageParameters,
  caller: Caller,
): { readonly ImageId: string } {
  const { RegionId: region, ClientToken: token, ...parameters } = asked
  const { account, world } = caller
  const from: Place = { world, account, catalog: tx, region }
  const to: Place = { ...from, region: asked.DestinationRegionId ?? region }
  checkRegions(from, to)
  return once(tx, { action: 'CopyImage', account, region, token, parameters }, () => {
    const image = imageSeen(from, asked.ImageId)
    if (!image) throw refuse(noImage, { ImageId: asked.ImageId, RegionId: region })
    if (isInArrears(from)) throw refuse(arrears)
    checkSource(image, asked, { from, to })
    checkResourceGroup(caller, asked.ResourceGroupId)
    const { DestinationImageName: name } = asked
    if (name !== undefined && !isNameFree(tx, { account, region: to.region, name }, world)) {
      throw refuse(copy.nameTaken, { ImageName: name, RegionId: to.region })
    }
    checkImageQuota(to, copy.tooManyImages)
    endDryRun(asked)
    return { ImageId: begin(tx, asked, image, to) }
  })
}

/** Regions of the finance and government clouds exchange nothing with the others. */
function isSeparate(region: string): boolean {
  return /-(finance|gov)\b/.test(region)
}

function checkRegions(from: Place, to: Place): void {
  const source = findRegion(from.world, from.region)
  if (!source) throw refuse(copy.noSourceRegion, { RegionId: from.region })
  const destination = findRegion(to.world, to.region)
  if (!destination) throw refuse(copy.noDestination, { RegionId: to.region })
  const closed = [source, destination].find(({ Status }) => Status === 'soldOut')
  if (closed) throw refuse(copy.regionClosed, { RegionId: closed.RegionId })
  if (isSeparate(from.region) !== isSeparate(to.region)) {
    throw refuse(copy.nonCompliant, { RegionId: to.region })
  }
}

function checkSource(
  image: SeenImage,
  { Encrypted }: CopyImageParameters,
  { from, to }: { readonly from: Place; readonly to: Place },
): void {
  const details = { ImageId: image.ImageId, Status: image.Status }
  const alias = aliasOf(image, from.account)
  if (alias === 'system' || alias === 'marketplace') throw refuse(copy.notCustom, details)
  if (image.IsPublic) throw refuse(copy.community, details)
  const same = from.region === to.region
  if (alias === 'others' && !same) throw refuse(copy.sharedElsewhere, details)
  // Within a region there is nothing to copy of an own image, unless it becomes an encrypted one.
  if (alias === 'self' && same && !Encrypted) throw refuse(copy.sameRegion, details)
  if (image.Status === 'Creating' && image.IsCopied) throw refuse(copy.beingCopied, details)
  if (image.Status !== 'Available') throw refuse(copy.notAvailable, details)
  if (image.Encrypted && !Encrypted) throw refuse(copy.encryptedSource, details)
}

function begin(
  tx: Transaction,
  asked: CopyImageParameters,
  source: SeenImage,
  { region, account }: Place,
): string {
  const imageId = tx.newId(`image/${region}`)
  const imageName = asked.DestinationImageName ?? imageId
  const { ImageId: sourceImageId, Region: sourceRegion } = source
  const task = { sourceRegion, sourceImageId, region, imageId, imageName }
  const executionId = tx.start(imageMachine, {
    singletonKey: imageId,
    input: (executionId: string) => ({ kind: 'copy', task: { executionId, ...task } }),
  })
  const image = {
    ...inherited(source),
    // The snapshots of the data disks are those of the source's region.
    DataDisks: source.DataDisks.map((disk) => ({ ...disk, SnapshotId: '' })),
    Description: asked.DestinationDescription ?? '',
    Encrypted: asked.Encrypted,
    ResourceGroupId: asked.ResourceGroupId ?? '',
    Tag: asked.Tag ?? [],
    ImageId: imageId,
    ImageName: imageName,
    ImageFamily: '',
    Region: region,
    Account: account,
    Status: 'Creating',
    ExecutionId: executionId,
    ImagePipelineId: '',
    SourceImageId: sourceImageId,
    OSType: source.OSType,
    CreationTime: timeText(tx.now),
  } as const
  tx.catalogWrite(insertRow('image', imageId, image))
  return imageId
}
