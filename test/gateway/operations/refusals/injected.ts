import type { FaultAnswer } from '../../../../src/gateway/faults/rule.js'
import { Gateway } from '../../../../src/gateway/gateway.js'
import { products } from '../../../../src/gateway/operation.js'
import { EcsError } from '../../../../src/imagebuilder/errors.js'
import { ManualWall } from '../../../helpers/manual-wall.js'
import { rawRequest } from '../../requests.js'
import type { Refusals } from './refusals.js'

/** A refusal that the service gives when it has trouble of its own: set as a fault, then met. */
export function injected(action: string, answer: FaultAnswer): Refusals[string] {
  return async ({ builder }) => {
    const gateway = await Gateway.open({ builder, wall: new ManualWall() })
    gateway.faults.add({ operation: action, answer })
    const target = `/?Action=${action}&Version=${products.Ecs}&AccessKeyId=any`
    const met = await gateway.handle(rawRequest({ method: 'GET', target }))
    if (met === 'drop') throw new Error('the connection was dropped')
    const { Code, Message } = JSON.parse(met.body) as { Code: string; Message: string }
    throw new EcsError(met.status, Code, Message)
  }
}
