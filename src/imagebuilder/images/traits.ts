import type { ImportImageOptions, TemplateParameters } from '../parameters/create-template.js'
import { type Catalog, getRow, type Image, type ImageTraits } from '../rows.js'
import type { BootMode, WorldImage } from '../world/types.js'

/** What an image is like of which nothing more is known than its system. */
export function plainTraits(osType: 'linux' | 'windows'): ImageTraits {
  const linux = osType === 'linux'
  return {
    Description: '',
    ImageVersion: '',
    Architecture: 'x86_64',
    Platform: linux ? 'Others Linux' : 'Other Windows',
    OSName: linux ? 'Others Linux 64-bit' : 'Other Windows 64-bit',
    Size: 40,
    BootMode: 'BIOS',
    LicenseType: '',
    NvmeSupport: linux ? 'supported' : 'unsupported',
    ImdsSupport: 'v1',
    SecureBootSupport: '',
    Encrypted: false,
    Detected: false,
    DataDisks: [],
    ResourceGroupId: '',
    Tag: [],
  }
}

/** What a row has to say: that in which an image differs from any other of its system. */
function notable(traits: ImageTraits, osType: 'linux' | 'windows'): Partial<ImageTraits> {
  const plain = plainTraits(osType)
  const row: Record<string, unknown> = {}
  for (const key of traitNames) {
    const value: unknown = traits[key]
    const differs = Array.isArray(value) ? value.length > 0 : value !== plain[key]
    if (differs) row[key] = value
  }
  return row
}

const traitNames = Object.keys(plainTraits('linux')) as readonly (keyof ImageTraits)[]

/** Whether two rows say the same. */
export function sayTheSame(one: Partial<ImageTraits>, other: Partial<ImageTraits>): boolean {
  return traitNames.every((name) => {
    const [a, b] = [one[name], other[name]]
    return a === b || (Array.isArray(a) && JSON.stringify(a) === JSON.stringify(b))
  })
}

/** How an image boots of which nobody says it. */
export function plainBootMode(architecture: ImageTraits['Architecture']): BootMode {
  return architecture === 'arm64' ? 'UEFI' : 'BIOS'
}

/** ARM has no BIOS, and a 32-bit system no UEFI alone. */
export function canBoot(architecture: ImageTraits['Architecture'], mode: BootMode): boolean {
  return mode !== (architecture === 'arm64' ? 'BIOS' : architecture === 'i386' ? 'UEFI' : '')
}

/** What an image of the world is like, before calls have changed it. */
export function traitsOfWorld(image: WorldImage): ImageTraits {
  const plain = plainTraits(image.OSType)
  return {
    ...plain,
    Description: image.Description ?? '',
    ImageVersion: image.ImageVersion ?? '',
    Architecture: image.Architecture,
    Platform: image.Platform,
    OSName: image.OSName,
    Size: image.Size,
    BootMode: image.BootMode ?? plainBootMode(image.Architecture),
    NvmeSupport: image.NvmeSupport ?? plain.NvmeSupport,
    ImdsSupport: image.ImdsSupport ?? 'v1',
  }
}

/** What is known in common of all images of the execution that made one. */
export type CommonTraits = (
  image: Pick<Image, 'ExecutionId' | 'ImagePipelineId'>,
) => Partial<ImageTraits> | undefined

/**
 * Finds what images of executions are like: the execution says it, or else its template. A template
 * is read once, however many images are asked about.
 */
export function commonTraits(catalog: Catalog): CommonTraits {
  const templates = new Map<string, Partial<ImageTraits> | undefined>()
  return ({ ExecutionId, ImagePipelineId: id }) => {
    const own = getRow(catalog, 'imageTraits', ExecutionId)
    if (own !== undefined || id === '') return own
    if (!templates.has(id)) templates.set(id, getRow(catalog, 'template', id)?.ImageTraits)
    return templates.get(id)
  }
}

/** What an image made here is like: its own row, over what is known of its execution's images. */
export function traitsOfMade(row: Image, common: CommonTraits): ImageTraits {
  const all = { ...plainTraits(row.OSType), ...common(row), ...row }
  return pick(all)
}

/** What goes over from an image to one that is made from it or copied of it. */
export function inherited(image: ImageTraits): ImageTraits {
  const known = heritages.get(image) ?? heritageOf(image)
  heritages.set(image, known)
  return known
}

/** Most of a world's images are seen as the same object at every start. */
const heritages = new WeakMap<ImageTraits, ImageTraits>()

function heritageOf(image: ImageTraits): ImageTraits {
  return { ...pick(image), Description: '', Detected: false, ResourceGroupId: '', Tag: [] }
}

function pick(all: ImageTraits): ImageTraits {
  const plain: Record<string, unknown> = {}
  for (const key of traitNames) plain[key] = all[key]
  return plain as unknown as ImageTraits
}

/** What an image imported from OSS is like. */
export function traitsOfImport(
  osType: 'linux' | 'windows',
  options: ImportImageOptions | undefined,
): ImageTraits {
  const plain = plainTraits(osType)
  const { Architecture, Platform, BootMode, LicenseType, Features } = options ?? {}
  return {
    ...plain,
    Architecture: Architecture ?? plain.Architecture,
    Platform: Platform ?? plain.Platform,
    OSName: Platform === undefined ? plain.OSName : `${Platform} 64-bit`,
    BootMode: BootMode ?? plain.BootMode,
    LicenseType: LicenseType ?? plain.LicenseType,
    NvmeSupport: Features?.NvmeSupport ?? 'unsupported',
    ImdsSupport: Features?.ImdsSupport ?? 'v1',
  }
}

type Built = Pick<TemplateParameters, 'SystemDiskSize' | 'ImageOptions'>

/** What is to be said of the images of a template or of its execution; empty for plain ones. */
export function notableOfBuilt(
  base: ImageTraits,
  built: Built,
  osType: 'linux' | 'windows',
): Partial<ImageTraits> {
  // Most templates say nothing of their images but a size, and start from a few images.
  if (built.ImageOptions !== undefined) return notable(traitsOfBuilt(base, built), osType)
  const bySize = plainlyBuilt.get(base) ?? new Map<number, Partial<ImageTraits>>()
  const known = bySize.get(built.SystemDiskSize)
  if (known !== undefined) return known
  const row = notable(traitsOfBuilt(base, built), osType)
  plainlyBuilt.set(base, bySize.set(built.SystemDiskSize, row))
  return row
}

const plainlyBuilt = new WeakMap<ImageTraits, Map<number, Partial<ImageTraits>>>()

/** What the images of a template's execution are like: as its base image, but for what it says. */
function traitsOfBuilt(base: ImageTraits, { SystemDiskSize, ImageOptions }: Built): ImageTraits {
  const nvme = ImageOptions?.ImageFeatures?.NvmeSupport
  return {
    ...base,
    Description: ImageOptions?.Description ?? '',
    Size: Math.max(SystemDiskSize, base.Size),
    // `auto`: as the base image.
    NvmeSupport: nvme === undefined || nvme === 'auto' ? base.NvmeSupport : nvme,
    Tag: ImageOptions?.ImageTags ?? [],
  }
}
