import { check } from './check.js'
import { legacy, regionId, requiredId } from './common.js'
import { operation } from './field.js'
import type { Checked } from './field.js'

export const deleteImagePipeline = operation({
  action: 'DeleteImagePipeline',
  docs: 'Deletes a template with its executions; its images stay.',
  fields: {
    RegionId: regionId,
    ImagePipelineId: requiredId('The template to delete.'),
    ...legacy,
  },
})

/** What DeleteImagePipeline was asked for, in normal form. */
export type DeleteTemplateParameters = Checked<(typeof deleteImagePipeline)['fields']>

/** @throws EcsError with the service's status and code for the first broken limit */
export function deleteTemplateParameters(raw: unknown): DeleteTemplateParameters {
  return check(deleteImagePipeline, raw)
}
