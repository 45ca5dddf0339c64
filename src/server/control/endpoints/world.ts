import { parseWorldPatch } from '../../../imagebuilder/world/parse.js'
import { worldPatchSchema } from '../../../imagebuilder/world/schema.js'
import type { World } from '../../../imagebuilder/world/types.js'
import { endpoint } from '../endpoint.js'
import { anyObject } from '../shapes.js'

const hidden = '(not shown)'

const world = anyObject.meta({
  id: 'world',
  description: 'Regions, images, instance types, vSwitches, accounts, keys, quotas …',
})

const get = endpoint({
  method: 'get',
  path: '/world',
  name: 'getWorld',
  summary: 'What exists around the templates.',
  answer: world,
  run: async ({ running }) => withoutSecrets(await running.builder.world()),
})

const patch = endpoint({
  method: 'patch',
  path: '/world',
  name: 'patchWorld',
  summary: 'Changes the world from now on. Removing goes first; entries are found by their id.',
  body: anyObject,
  describes: worldPatchSchema.meta({ id: 'worldPatch' }),
  answer: world,
  run: async ({ running, body }) =>
    withoutSecrets(await running.builder.editWorld(parseWorldPatch(body))),
})

/** What a world says of its keys, without what opens anything. */
function withoutSecrets(world: World): object {
  const accessKeys = world.accessKeys.map((key) => ({
    ...key,
    AccessKeySecret: hidden,
    ...(key.securityToken === undefined ? {} : { securityToken: hidden }),
  }))
  return { ...world, accessKeys }
}

export const worldEndpoints = [get, patch]
