import type { World } from './types.js'

const hidden = '***'

/** A world to be shown: the secrets and tokens of its keys are hidden. */
export function withoutSecrets(world: World): World {
  const accessKeys = world.accessKeys.map((key) => ({
    ...key,
    AccessKeySecret: hidden,
    ...(key.securityToken === undefined ? {} : { securityToken: hidden }),
  }))
  return { ...world, accessKeys }
}
