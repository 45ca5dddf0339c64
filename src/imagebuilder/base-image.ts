import { EcsError } from './errors.js'
import { newestOfFamily } from './images/family.js'
import { imageSeen, isUsable, type SeenImage } from './images/seen.js'
import { inherited, traitsOfImport } from './images/traits.js'
import type { ImportImageOptions, TemplateParameters } from './parameters/create-template.js'
import { repairItems } from './parameters/create-template-fields.js'
import type { Place } from './place.js'
import type { ImageTraits } from './rows.js'

export type { Place } from './place.js'

/** What the Image Builder needs to know of a base image. */
export interface BaseImage {
  readonly own: boolean
  readonly osType: 'linux' | 'windows'
  readonly architecture: 'X86' | 'ARM'
  /** What an image built from it is like, unless the template says otherwise. */
  readonly traits: ImageTraits
  readonly marketplace: boolean
  readonly buildable: boolean
  readonly repairable: boolean
}

/** The template's base image or the newest of its family; undefined when it cannot be seen. */
export function findBaseImage(
  { BaseImageType, BaseImage = '', ImportImageOptions }: TemplateParameters,
  place: Place,
): BaseImage | undefined {
  if (BaseImageType === 'OSS') return imported(ImportImageOptions)
  if (BaseImageType === 'IMAGE_FAMILY') return ofSeen(newestOfFamily(place, BaseImage), place)
  const image = imageSeen(place, BaseImage)
  return image && isUsable(image) ? ofSeen(image, place) : undefined
}

const plain = { marketplace: false, buildable: true, repairable: true }

function imported(options: ImportImageOptions | undefined): BaseImage {
  const osType = options?.OSType ?? 'linux'
  const traits = traitsOfImport(osType, options)
  return { ...plain, own: true, osType, traits, architecture: architectureOf(traits) }
}

function architectureOf({ Architecture }: Pick<ImageTraits, 'Architecture'>): 'X86' | 'ARM' {
  return Architecture === 'arm64' ? 'ARM' : 'X86'
}

function ofSeen(image: SeenImage | undefined, { account }: Place): BaseImage | undefined {
  if (!image) return undefined
  return {
    own: image.owner === account,
    osType: image.OSType,
    traits: inherited(image),
    marketplace: image.owner === 'marketplace',
    buildable: image.given?.buildable !== false,
    repairable: image.given?.repairable !== false,
    architecture: architectureOf(image),
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
