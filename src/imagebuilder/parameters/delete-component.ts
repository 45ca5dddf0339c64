import { check } from './check.js'
import { legacy, regionId, requiredId } from './common.js'
import { operation } from './field.js'
import type { Checked } from './field.js'

export const deleteImageComponent = operation({
  action: 'DeleteImageComponent',
  docs: 'Deletes a component that no template refers to.',
  fields: {
    RegionId: regionId,
    ImageComponentId: requiredId('The component to delete.'),
    ...legacy,
  },
})

/** What DeleteImageComponent was asked for, in normal form. */
export type DeleteComponentParameters = Checked<(typeof deleteImageComponent)['fields']>

/** @throws EcsError with the service's status and code for the first broken limit */
export function deleteComponentParameters(raw: unknown): DeleteComponentParameters {
  return check(deleteImageComponent, raw)
}
