import { check } from './check.js'
import { legacy, regionId, requiredId, templateTag } from './common.js'
import { operation } from './field.js'
import type { Checked } from './field.js'

export const cancelImagePipelineExecution = operation({
  action: 'CancelImagePipelineExecution',
  docs: 'Cancels an execution that is preparing, repairing or building.',
  fields: {
    RegionId: regionId,
    ExecutionId: requiredId('The execution to cancel.'),
    TemplateTag: templateTag,
    ...legacy,
  },
})

/** What CancelImagePipelineExecution was asked for, in normal form. */
export type CancelParameters = Checked<(typeof cancelImagePipelineExecution)['fields']>

/** @throws EcsError with the service's status and code for the first broken limit */
export function cancelParameters(raw: unknown): CancelParameters {
  return check(cancelImagePipelineExecution, raw)
}
