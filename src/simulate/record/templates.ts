import type { ExecutionInput } from '../../../machines/execution-context.js'
import { templateParameters } from '../../imagebuilder/parameters/create-template.js'
import type { Template } from '../../imagebuilder/rows.js'
import { defaultWorld } from '../../imagebuilder/world/default.js'
import type { World, WorldPatch } from '../../imagebuilder/world/types.js'

type Plain = Readonly<Record<string, unknown>>

/** What a template of a recorded scenario is made of. */
export interface RecordedTemplate {
  readonly id: string
  readonly name: string
  readonly region: string
  readonly account: string
  /** The parameters of CreateImagePipeline but for name and region. */
  readonly parameters: Plain
  /** What the default world lacks for it. */
  readonly world: WorldPatch
}

/** The template as it was created, without what a template has that says nothing. */
export function templateOfRow(row: Template): RecordedTemplate {
  const { RegionId, BaseImageType, BaseImage = '' } = row.Parameters
  const plain = templateParameters({ RegionId, BaseImageType, BaseImage }) as Plain
  const said = Object.entries(row.Parameters as Plain).filter(
    ([field, value]) =>
      !['RegionId', 'Name', 'ClientToken'].includes(field) &&
      (field === 'BaseImage' ||
        field === 'BaseImageType' ||
        JSON.stringify(value) !== JSON.stringify(plain[field])),
  )
  return {
    id: row.ImagePipelineId,
    name: row.Name,
    region: row.Region,
    account: row.Account,
    parameters: Object.fromEntries(said),
    world: {},
  }
}

/**
 * A template that gives executions this input, where nobody knows the template itself: what the input
 * does not say (build content, tags, disk size) has no part in the trace.
 */
export function templateOfInput(input: ExecutionInput, world: World | null): RecordedTemplate {
  const { region, account, copies, accounts, baseImage } = input
  const suffix = `_${input.executionId}`
  const hasSuffix = input.imageName.endsWith(suffix)
  const ImageName = hasSuffix ? input.imageName.slice(0, -suffix.length) : input.imageName
  const known = world ?? defaultWorld
  const isFamily = known.images.some(({ ImageFamily }) => ImageFamily === baseImage)
  const isKnown = isFamily || known.images.some(({ ImageId }) => ImageId === baseImage)
  const OSType = input.osType
  const isType = known.instanceTypes.some((type) => type.InstanceTypeId === input.instanceType)
  const parameters = {
    BaseImageType: isFamily ? 'IMAGE_FAMILY' : 'IMAGE',
    BaseImage: baseImage,
    InstanceType: input.instanceType,
    ...(input.repairMode === null ? {} : { RepairMode: input.repairMode }),
    ...(input.hasTests ? { TestContent: testContentFor(OSType) } : {}),
    ...(copies.length === 0 ? {} : { ToRegionId: copies.map((copy) => copy.region) }),
    ...(accounts.length === 0 ? {} : { AddAccount: accounts }),
    ...(input.imageFamily === '' ? {} : { ImageFamily: input.imageFamily }),
    ...(input.deleteInstanceOnFailure ? {} : { DeleteInstanceOnFailure: false }),
    ...(hasSuffix ? {} : { AdvancedOptions: { ImageNameSuffix: 'disable' } }),
  }
  return {
    id: input.templateId,
    name: ImageName,
    region,
    account,
    parameters,
    world: {
      ...(isKnown ? {} : { images: [{ ImageId: baseImage, OSType }] }),
      ...(isType ? {} : { instanceTypes: [{ InstanceTypeId: input.instanceType }] }),
    },
  }
}

/** Something to test: which tests there were is not known. */
function testContentFor(osType: ExecutionInput['osType']): string {
  if (osType === 'linux') return 'RUN true'
  return [
    'Tasks:',
    '  - Name: test',
    '    Action: RunPowerShellCommand',
    '    Properties:',
    '      commandContent: exit 0',
    '',
  ].join('\n')
}
