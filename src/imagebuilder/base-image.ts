import { EcsError } from './errors.js'
import type { TemplateParameters } from './parameters/create-template.js'
import { repairItems } from './parameters/create-template-fields.js'
import { type Catalog, findRows, getRow, type Image } from './rows.js'
import { findImage, findImageFamily } from './world/find.js'
import type { World, WorldImage } from './world/types.js'

/** What the Image Builder needs to know of a base image. */
export interface BaseImage {
  readonly own: boolean
  readonly osType: 'linux' | 'windows'
  readonly architecture: 'X86' | 'ARM'
  readonly marketplace: boolean
  readonly buildable: boolean
  readonly repairable: boolean
}

/** Where a template looks for what it names. */
export interface Place {
  readonly world: World
  readonly catalog: Catalog
  readonly region: string
  readonly account: string
}

/** The template's base image or the newest of its family; undefined when it cannot be seen. */
export function findBaseImage(
  { BaseImageType, BaseImage, ImportImageOptions }: TemplateParameters,
  place: Place,
): BaseImage | undefined {
  if (BaseImageType === 'OSS') {
    const arm = ImportImageOptions?.Architecture === 'arm64'
    return { ...plain, own: true, osType: ImportImageOptions?.OSType ?? 'linux', ...cpu(arm) }
  }
  const name = BaseImage ?? ''
  const found =
    BaseImageType === 'IMAGE'
      ? (ofCatalog(imageOf(place, name)) ?? ofWorld(worldImage(place, name), place))
      : (ofCatalog(newestOf(place, name)) ?? ofWorld(worldFamily(place, name), place))
  return found
}

const plain = { marketplace: false, buildable: true, repairable: true }

function cpu(arm: boolean): Pick<BaseImage, 'architecture'> {
  return { architecture: arm ? 'ARM' : 'X86' }
}

/** An image that an execution made: the account's own, or shared with it. */
function imageOf(place: Place, id: string): Image | undefined {
  const image = getRow(place.catalog, 'image', id)
  if (!image || image.Region !== place.region || image.Status !== 'Available') return undefined
  const shared = getRow(place.catalog, 'share', `${id}/${place.account}`) !== undefined
  return image.Account === place.account || shared ? image : undefined
}

function newestOf({ catalog, region, account }: Place, family: string): Image | undefined {
  return findRows(catalog, 'image', {
    Region: region,
    Account: account,
    ImageFamily: family,
    Status: 'Available',
  }).reduce<Image | undefined>(
    (newest, image) => (newest && newest.CreationTime > image.CreationTime ? newest : image),
    undefined,
  )
}

function worldImage({ world, region, account }: Place, id: string): WorldImage | undefined {
  return findImage(world, id, region, account)
}

function worldFamily({ world, region, account }: Place, family: string): WorldImage | undefined {
  return findImageFamily(world, family, region, account)
}

function ofCatalog(image: Image | undefined): BaseImage | undefined {
  return image && { ...plain, own: true, osType: image.OSType, ...cpu(false) }
}

function ofWorld(image: WorldImage | undefined, { account }: Place): BaseImage | undefined {
  if (!image) return undefined
  return {
    own: image.owner === account,
    osType: image.OSType,
    marketplace: image.owner === 'marketplace',
    buildable: image.buildable !== false,
    repairable: image.repairable !== false,
    ...cpu(image.Architecture === 'arm64'),
  }
}

/**
 * @throws EcsError 400 when the image is there but cannot be built from, repaired or distributed
 */
export function checkBaseImage(base: BaseImage, parameters: TemplateParameters): void {
  if (!base.buildable) {
    throw new EcsError(
      400,
      'InvalidImage.OsTypeUnsupported',
      'The specified base image does not support image building.',
    )
  }
  if (parameters.RepairMode !== undefined && !base.repairable) {
    throw new EcsError(
      400,
      'InvalidImage.NotSupportRepair',
      'The specified base image does not support repair.',
    )
  }
  checkRepairItems(base, parameters.RepairItem ?? [])
  const distributes = [...(parameters.ToRegionId ?? []), ...(parameters.AddAccount ?? [])]
  if (base.marketplace && distributes.length > 0) {
    throw new EcsError(
      400,
      'InvalidImage.ImageOwnerAliasUnsupported',
      'The specified base image does not support distributing.',
    )
  }
}

/** Each system has repair items of its own. */
function checkRepairItems({ osType }: BaseImage, items: readonly string[]): void {
  const known: readonly string[] = repairItems[osType]
  const wrong = items.find((item) => !known.includes(item))
  if (wrong === undefined) return
  const message = `RepairItem "${wrong}" is not for ${osType}; it takes ${known.join(', ')}.`
  throw new EcsError(400, 'InvalidParameter', message, { Parameter: 'RepairItem' })
}
