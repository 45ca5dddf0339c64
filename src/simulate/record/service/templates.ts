import { defaultWorld } from '../../../imagebuilder/world/default.js'
import { templateOfInput, type RecordedTemplate } from '../templates.js'
import type { ToldTemplate } from './answers.js'
import type { Stages } from './timeline.js'
import type { Told } from './told.js'

/** A template as the answers tell of it, or as its executions do. */
export interface ServiceTemplate {
  readonly template: RecordedTemplate
  readonly stages: Stages
  readonly copies: readonly string[]
  readonly accounts: readonly string[]
  /** What had to be assumed, for the comment at the top. */
  readonly notes: readonly string[]
}

/** Where nothing else is known. */
const plain = { region: 'cn-hangzhou', baseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd' }

/** An account to share with where a status says that something was distributed, and nothing what. */
const anyAccount = '1284387915995949'

/**
 * The template of executions, from DescribeImagePipelines where that was saved, and from what the
 * executions did. What has no part in how an execution goes (build content, tags, disk size) is not
 * in it.
 */
export function serviceTemplate(
  id: string,
  runs: readonly Told[],
  said: ToldTemplate | undefined,
): ServiceTemplate {
  const saw = new Set(runs.flatMap(({ sightings }) => sightings.map(({ status }) => status)))
  const regions = regionsOf(runs)
  const region = regions.own ?? plain.region
  const others = said?.ToRegionIds?.ToRegionId ?? regions.all
  const copies = [...new Set(others)].filter((each) => each !== region)
  const told = [...new Set(said?.AddAccounts?.AddAccount ?? [])]
  const nothing = saw.has('DISTRIBUTING') && copies.length === 0 && told.length === 0
  const accounts = nothing ? [anyAccount] : told
  const tests = saw.has('TESTING') || saw.has('TEST_FAILED') || (said?.TestContent ?? '') !== ''
  const repairs = saw.has('REPAIRING') || (said?.RepairMode ?? '') !== ''
  const isKnownBase = said !== undefined && said.BaseImage !== '' && isImage(said.BaseImageType)
  const baseImage = isKnownBase ? said.BaseImage : plain.baseImage
  const name = said?.Name || runs.map(({ prefix }) => prefix).find((each) => each) || 'template'
  const template = templateOfInput(
    {
      executionId: 'exec',
      templateId: id,
      region,
      account: defaultWorld.account,
      imageId: '',
      imageName: said?.AdvancedOptions?.ImageNameSuffix === 'disable' ? name : `${name}_exec`,
      imageFamily: said?.ImageOptions?.ImageFamily || said?.ImageFamily || '',
      osType: /win/i.test(baseImage) ? 'windows' : 'linux',
      baseImage,
      instanceType: said?.InstanceType || defaultType(),
      repairMode: repairs ? said?.RepairMode || 'Standard' : null,
      hasTests: tests,
      copies: copies.map((each) => ({ region: each, imageId: '' })),
      accounts,
      deleteInstanceOnFailure: said?.DeleteInstanceOnFailure ?? true,
    },
    null,
  )
  return {
    template: withFamily(withAccounts(template, accounts), said),
    stages: { repairs, tests, distributes: copies.length + accounts.length > 0 },
    copies,
    accounts,
    notes: [
      ...(said === undefined
        ? [`${id}: the template was not saved; it is a plain one, with the regions of its images.`]
        : [`${id}: what has no part in the outcome (content, tags, network) is left out.`]),
      ...(said !== undefined && !isKnownBase ? [`${id}: its base image is another.`] : []),
      ...(regions.own === null ? [`${id}: its region was not told; ${region} is a guess.`] : []),
      ...(nothing ? [`${id}: what it distributed was not told; sharing is a guess.`] : []),
    ],
  }
}

function isImage(type: string): boolean {
  return type === 'IMAGE' || type === 'IMAGE_FAMILY' || type === ''
}

function defaultType(): string {
  return defaultWorld.instanceTypes[0]?.InstanceTypeId ?? ''
}

/** The template's region has the image that an execution names; a copy says that it is one. */
function regionsOf(runs: readonly Told[]): {
  readonly own: string | null
  readonly all: readonly string[]
} {
  const images = runs.flatMap((run) =>
    run.images.map((image) => ({ ...image, named: image.imageId === run.last.ImageId })),
  )
  const own = images.find(({ named }) => named) ?? images.find(({ isCopied }) => isCopied === false)
  return { own: own?.region ?? null, all: [...new Set(images.map(({ region }) => region))].sort() }
}

/** The world has the accounts: that a real one is closed, nobody has said. */
function withAccounts(template: RecordedTemplate, accounts: readonly string[]): RecordedTemplate {
  const known = new Set(defaultWorld.accounts.map(({ AccountId }) => AccountId))
  const missing = accounts.filter((account) => !known.has(account))
  if (missing.length === 0) return template
  const more = missing.map((AccountId) => ({ AccountId }))
  return { ...template, world: { ...template.world, accounts: more } }
}

/** A family that the world lacks gets an image. */
function withFamily(template: RecordedTemplate, said: ToldTemplate | undefined): RecordedTemplate {
  if (said?.BaseImageType !== 'IMAGE_FAMILY' || said.BaseImage === '') return template
  const parameters = { ...template.parameters, BaseImageType: 'IMAGE_FAMILY' }
  const [image] = template.world.images ?? []
  if (image === undefined) return { ...template, parameters }
  const images = [{ ...image, ImageId: `m-${template.id}`, ImageFamily: said.BaseImage }]
  const world = { ...template.world, images }
  return { ...template, parameters, world }
}
