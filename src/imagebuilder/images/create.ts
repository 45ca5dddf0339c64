import { imageMachine } from '../../../machines/image.js'
import type { Transaction } from '../../engine/transaction.js'
import type { Place } from '../place.js'
import { isNameFree } from '../image-names.js'
import { checkResourceGroup } from '../labels/groups.js'
import type { CreateImageParameters } from '../parameters/create-image.js'
import { insertRow, type ImageTraits, timeText } from '../rows.js'
import type { Caller } from '../templates.js'
import { once } from '../tokens.js'
import { findInstance } from '../world/find.js'
import { isInArrears } from './arrears.js'
import { placeOf } from './describe.js'
import { fromDisks, fromSnapshot, type Source } from './disks.js'
import { endDryRun, noInstance, refuse } from './faults.js'
import { create } from './faults-making.js'
import { checkFamilyQuota, checkImageQuota } from './quotas.js'
import { imageSeen } from './seen.js'
import { canBoot, inherited, plainBootMode, plainTraits } from './traits.js'

/**
 * CreateImage: answers at once; the image is `Creating` until its task is done. Decided in this
 * order: region, ClientToken, resource group, what it is made from, name, quotas, DryRun.
 */
export function createImage(
  tx: Transaction,
  asked: CreateImageParameters,
  caller: Caller,
): { readonly ImageId: string } {
  const { RegionId: region, ClientToken: token, ...parameters } = asked
  const place = placeOf(tx, region, caller)
  const { account } = caller
  const request = { action: 'CreateImage', account, region, token, parameters }
  return once(
    tx,
    { ...request, mismatch: () => refuse(create.otherRequest, { ClientToken: token ?? '' }) },
    () => {
      checkResourceGroup(caller, asked.ResourceGroupId)
      if (isInArrears(place)) throw refuse(create.noBalance)
      const source = sourceOf(asked, place)
      const traits = traitsOf(asked, source)
      checkName(tx, asked, place)
      checkImageQuota(place, create.tooManyImages)
      if (asked.ImageFamily !== undefined) checkFamilyQuota(place, asked.ImageFamily, create)
      endDryRun(asked)
      return { ImageId: begin(tx, asked, { place, source, traits }) }
    },
  )
}

/** An instance comes before disks, and those before a snapshot. */
function sourceOf(asked: CreateImageParameters, place: Place): Source {
  const { InstanceId, DiskDeviceMapping, SnapshotId } = asked
  if (InstanceId !== undefined) return fromInstance(InstanceId, place)
  if (DiskDeviceMapping !== undefined) return fromDisks(DiskDeviceMapping, place)
  return fromSnapshot(SnapshotId ?? '', place)
}

function fromInstance(id: string, place: Place): Source {
  const instance = findInstance(place.world, id, place.region, place.account)
  if (!instance) throw refuse(noInstance, { InstanceId: id })
  const { Status, ImageId } = instance
  if (Status !== 'Running' && Status !== 'Stopped') {
    throw refuse(create.instanceStatus, { InstanceId: id, Status })
  }
  const image = imageSeen(place, ImageId)
  const osType = image?.OSType ?? 'linux'
  return { osType, traits: image ? inherited(image) : plainTraits(osType), snapshotIds: [] }
}

function traitsOf(asked: CreateImageParameters, { traits }: Source): ImageTraits {
  const Architecture = asked.Architecture ?? traits.Architecture
  const same = Architecture === traits.Architecture
  const BootMode = asked.BootMode ?? (same ? traits.BootMode : plainBootMode(Architecture))
  if (!canBoot(Architecture, BootMode)) throw refuse(create.bootMode, { Architecture, BootMode })
  const { Platform } = asked
  return {
    ...traits,
    Architecture,
    BootMode,
    ...(Platform === undefined ? {} : { Platform, OSName: `${Platform} 64-bit` }),
    Description: asked.Description ?? '',
    ImageVersion: asked.ImageVersion ?? '',
    ImdsSupport: asked.Features?.ImdsSupport ?? traits.ImdsSupport,
    SecureBootSupport: asked.SecureBootOptions?.SecureBootSupport ?? traits.SecureBootSupport,
    Detected: asked.DetectionStrategy !== undefined,
    ResourceGroupId: asked.ResourceGroupId ?? '',
    Tag: asked.Tag ?? [],
  }
}

function checkName(tx: Transaction, { ImageName }: CreateImageParameters, place: Place): void {
  if (ImageName === undefined) return
  const { account, region, world } = place
  if (isNameFree(tx, { account, region, name: ImageName }, world)) return
  throw refuse(create.nameTaken, { ImageName, RegionId: region })
}

function begin(
  tx: Transaction,
  { ImageName, ImageFamily = '', InstanceId, Platform }: CreateImageParameters,
  what: { readonly place: Place; readonly source: Source; readonly traits: ImageTraits },
): string {
  const { place, source, traits } = what
  const { region, account } = place
  const imageId = tx.newId(`image/${region}`)
  const imageName = ImageName ?? imageId
  const { snapshotIds, osType } = source
  const task = { region, imageId, imageName, instanceId: InstanceId ?? null, snapshotIds }
  const executionId = tx.start(imageMachine, {
    singletonKey: imageId,
    input: (executionId: string) => ({ kind: 'create', task: { executionId, ...task } }),
  })
  const image = {
    ...traits,
    ImageId: imageId,
    ImageName: imageName,
    ImageFamily,
    Region: region,
    Account: account,
    Status: 'Creating',
    ExecutionId: executionId,
    ImagePipelineId: '',
    SourceImageId: '',
    OSType: Platform === undefined ? osType : systemOf(Platform),
    CreationTime: timeText(tx.now),
  } as const
  tx.catalogWrite(insertRow('image', imageId, image))
  return imageId
}

/** A platform that is named says which system it is. */
function systemOf(platform: string): 'linux' | 'windows' {
  return /windows/i.test(platform) ? 'windows' : 'linux'
}
