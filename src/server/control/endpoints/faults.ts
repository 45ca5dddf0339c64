import { z } from 'zod'
import { BakelineError } from '../../../core/errors.js'
import type { FaultEntry } from '../../../gateway/faults/faults.js'
import { faultRuleSchema, parseFaultRule } from '../../../gateway/faults/rule.js'
import { endpoint } from '../endpoint.js'
import { closed } from '../shapes.js'

const rule = faultRuleSchema.meta({
  id: 'faultRule',
  description:
    'Which requests it is about, or the ends of which attempts; which of those it hits, and what happens to them.',
})

const fault = z
  .object({
    id: z.string(),
    rule: z.unknown(),
    matched: z
      .number()
      .int()
      .meta({ description: 'Requests, or ends of attempts, that it was about.' }),
    hits: z.number().int().meta({ description: 'Those of them that it hit.' }),
  })
  .meta({ id: 'fault' })

const list = endpoint({
  method: 'get',
  path: '/faults',
  name: 'listFaults',
  summary: 'The faults that are set, with how often each was met.',
  answer: z.object({ faults: z.array(fault) }),
  run: async ({ running }): Promise<{ faults: readonly FaultEntry[] }> => ({
    faults: running.gateway.faults.list(),
  }),
})

const add = endpoint({
  method: 'post',
  path: '/faults',
  name: 'addFault',
  summary:
    'Adds a fault after the others. Latencies add up; the first that answers, drops or crashes wins. ' +
    'With `task` it says at the end of which attempts the process dies.',
  body: rule,
  answer: fault,
  run: async ({ running, body }) => running.gateway.faults.add(parseFaultRule(body)),
})

const remove = endpoint({
  method: 'delete',
  path: '/faults/{id}',
  name: 'removeFault',
  summary: 'Takes a fault away.',
  refusals: [[404, 'NOT_FOUND', 'there is no such fault']],
  async run({ running, path: { id } }) {
    if (running.gateway.faults.remove(id)) return
    throw new BakelineError('NOT_FOUND', `there is no fault "${id}"`, { fault: id })
  },
})

const clear = endpoint({
  method: 'delete',
  path: '/faults',
  name: 'clearFaults',
  summary: 'Takes all faults away.',
  async run({ running }) {
    running.gateway.faults.clear()
  },
})

const throttling = z
  .object({ perMinute: z.number().int().min(1).nullable() })
  .meta({ id: 'throttling', description: 'Requests a minute of one account, action and region.' })

const getThrottling = endpoint({
  method: 'get',
  path: '/throttling',
  name: 'getThrottling',
  summary: 'How many requests a minute are answered; null: all of them.',
  answer: throttling,
  run: async ({ running }) => ({ perMinute: running.gateway.throttle.perMinute }),
})

const putThrottling = endpoint({
  method: 'put',
  path: '/throttling',
  name: 'putThrottling',
  summary: 'Limits the requests a minute, or lifts the limit; what is too much is Throttling.User.',
  body: closed('a field of throttling', throttling.shape),
  answer: throttling,
  async run({ running, body }) {
    running.gateway.throttle.perMinute = body.perMinute
    return { perMinute: running.gateway.throttle.perMinute }
  },
})

export const faultEndpoints = [list, add, remove, clear, getThrottling, putThrottling]
