import { type BaseImage, checkBaseImage, findBaseImage, type Place } from './base-image.js'
import { checkContent } from './content-check.js'
import { EcsError } from './errors.js'
import type { TemplateParameters } from './parameters/create-template.js'
import { findInstanceType, findRegion, findVSwitch, smallestInstanceType } from './world/find.js'

/** What the checks against the world have found out. */
export interface Checked {
  readonly base: BaseImage
  readonly instanceType: string
  readonly components: readonly string[]
}

/** @throws EcsError 404 InvalidRegionId.NotFound */
export function checkRegion({ world }: Pick<Place, 'world'>, id: string): void {
  if (findRegion(world, id)) return
  throw new EcsError(
    404,
    'InvalidRegionId.NotFound',
    `The specified region ${id} does not exist.`,
    {
      RegionId: id,
    },
  )
}

/**
 * Checks what a template names against what there is now: at its creation, and again at every start,
 * in this order: base image, instance type, vSwitch, target regions, content and components.
 *
 * @param missing the error for a base image that is not there: create and start differ
 * @throws EcsError for the first that does not hold
 */
export function checkTemplate(
  parameters: TemplateParameters,
  place: Place,
  missing: () => EcsError,
): Checked {
  const base = findBaseImage(parameters, place)
  if (!base) throw missing()
  checkBaseImage(base, parameters)
  const instanceType = instanceTypeOf(parameters, base, place)
  const { VSwitchId } = parameters
  if (VSwitchId && !findVSwitch(place.world, VSwitchId, place.region, place.account)) {
    throw new EcsError(
      404,
      'InvalidVSwitchId.NotFound',
      'The specified VSwitchId does not exist.',
      { VSwitchId },
    )
  }
  for (const region of parameters.ToRegionId ?? []) checkRegion(place, region)
  const systemType = base.osType === 'windows' ? 'Windows' : 'Linux'
  return { base, instanceType, components: checkContent(parameters, place, systemType) }
}

function instanceTypeOf(
  { InstanceType }: TemplateParameters,
  { architecture }: BaseImage,
  { world, region }: Place,
): string {
  const found = InstanceType
    ? findInstanceType(world, InstanceType, region)
    : smallestInstanceType(world, region, architecture)
  if (found) return found.InstanceTypeId
  throw new EcsError(
    404,
    'InvalidInstanceType.NotFound',
    'The specified instance type does not exist.',
    { InstanceType: InstanceType ?? 'any', RegionId: region },
  )
}
