import { check } from './check.js'
import { clientToken, legacy, regionId, requiredId, tags, templateTag } from './common.js'
import { operation } from './field.js'
import type { Checked } from './field.js'

export const startImagePipelineExecution = operation({
  action: 'StartImagePipelineExecution',
  docs: 'Starts an execution of a template.',
  fields: {
    RegionId: regionId,
    ImagePipelineId: requiredId('The template to execute.'),
    ClientToken: clientToken,
    Tag: tags('The tags of the execution.'),
    TemplateTag: templateTag,
    ...legacy,
  },
})

/** What StartImagePipelineExecution was asked for, in normal form. */
export type StartParameters = Checked<(typeof startImagePipelineExecution)['fields']>

/** @throws EcsError with the service's status and code for the first broken limit */
export function startParameters(raw: unknown): StartParameters {
  return check(startImagePipelineExecution, raw)
}
