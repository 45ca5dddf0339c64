import { z } from 'zod'
import { BakelineError } from '../../../core/errors.js'
import { defaultPlan } from '../../../simulate/plan/default.js'
import { planSetting, type Rule } from '../../../simulate/plan/rule.js'
import { planSchema } from '../../../simulate/plan/schema.js'
import { endpoint } from '../endpoint.js'
import { closed } from '../shapes.js'

const rules = planSchema.meta({ id: 'plan', description: 'Rules; the last that matches wins.' })

const get = endpoint({
  method: 'get',
  path: '/plan',
  name: 'getPlan',
  summary: 'How long tasks take, and which attempt fails how.',
  answer: z.object({
    default: z.array(z.unknown()).meta({ description: 'What holds where no rule says otherwise.' }),
    plan: z.array(z.unknown()).meta({ description: 'The rules after those.' }),
  }),
  async run({ running: { builder } }) {
    const text = await builder.engine.read((reader) => reader.setting(planSetting))
    return { default: defaultPlan, plan: text === undefined ? [] : (JSON.parse(text) as Rule[]) }
  },
})

const put = endpoint({
  method: 'put',
  path: '/plan',
  name: 'putPlan',
  summary: 'Replaces the rules. Attempts that began before keep the end that they were given.',
  body: closed('a field of a plan', { plan: rules }),
  async run({ running: { builder }, body }) {
    const call = body.plan.findIndex((rule) => 'call' in rule)
    if (call >= 0) {
      const problem = `body.plan[${call}].call: faults of calls are set under /faults`
      throw new BakelineError('INVALID_INPUT', problem)
    }
    await builder.engine.transact((tx) => tx.set(planSetting, JSON.stringify(body.plan)))
  },
})

export const planEndpoints = [get, put]
