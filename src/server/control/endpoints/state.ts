import { z } from 'zod'
import { clockName } from '../../../core/clock.js'
import { principals } from '../../../gateway/principals.js'
import { worldOf } from '../../../imagebuilder/world-setting.js'
import { endpoint } from '../endpoint.js'
import { instant, instantOf } from '../shapes.js'

/** Is it there, and the way back to its beginning. */

const health = endpoint({
  method: 'get',
  path: '/health',
  name: 'getHealth',
  summary: 'Whether it is ready, and what it is. Answered to callers on other machines too.',
  answer: z.object({
    status: z.literal('ready'),
    version: z.string(),
    account: z.string().meta({ description: 'Whose calls are, while no access keys are named.' }),
    accessKeys: z.boolean().meta({ description: 'Whether the world names access keys.' }),
    clock: z.string().meta({ examples: ['scale=60', 'virtual'] }),
    now: instant.meta({ description: 'The time of the clock.' }),
    place: z.string().meta({ description: 'Where the state is: memory, or a file.' }),
  }),
  async run({ service, running: { builder } }) {
    const { state, now } = await builder.engine.clock()
    const world = await builder.engine.read(worldOf)
    return {
      status: 'ready',
      version: service.version,
      account: world.account,
      accessKeys: principals(world).keys.byId.size > 0,
      clock: clockName(state),
      now: instantOf(now),
      place: service.place,
    }
  },
})

const reset = endpoint({
  method: 'post',
  path: '/reset',
  name: 'reset',
  summary:
    'Begins anew with the clock, seed, world and plan that it was opened with: templates, ' +
    'executions, images, edits, faults, throttling and progressions are gone.',
  alone: true,
  async run({ service }) {
    await service.reset()
  },
})

const crash = endpoint({
  method: 'post',
  path: '/crash',
  name: 'crash',
  summary:
    'Lets the process die without warning, and opens anew what it left. Requests that are under way ' +
    'are not answered; faults and throttling stay, and so does the port.',
  alone: true,
  async run({ service }) {
    await service.crash()
  },
})

export const stateEndpoints = [health, reset, crash]
