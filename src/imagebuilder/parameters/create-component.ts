import { check } from './check.js'
import {
  clientToken,
  contentRule,
  descriptionRule,
  legacy,
  malformedDescription,
  malformedName,
  nameRule,
  regionId,
  resourceGroupId,
  tags,
} from './common.js'
import { fault } from './fault.js'
import { operation } from './field.js'
import type { Checked } from './field.js'
import { versionPattern } from './version.js'

export const createImageComponent = operation({
  action: 'CreateImageComponent',
  docs: 'Creates a component: a named, versioned piece of build or test content.',
  fields: {
    RegionId: regionId,
    Content: {
      type: 'text',
      docs: 'What the component does.',
      required: fault('MissingParameter.Content'),
      ...contentRule,
      refused: fault('InvalidContent.LengthExceeded'),
    },
    Name: {
      type: 'text',
      docs: 'The name of the component; versions of one component share it.',
      otherwise: 'the ImageComponentId',
      ...nameRule,
      refused: malformedName,
    },
    Description: {
      type: 'text',
      docs: 'The description of the component.',
      ...descriptionRule,
      refused: malformedDescription,
    },
    SystemType: {
      type: 'choice',
      docs: 'The kind of operating system that the component is for.',
      values: ['Linux', 'Windows'],
      default: 'Linux',
      refused: fault('InvalidSystemType.NotSupportedValue'),
    },
    ComponentType: {
      type: 'choice',
      docs: 'Whether the component builds or tests.',
      values: ['Build', 'Test'],
      default: 'Build',
      refused: fault('InvalidComponentType.NotSupportedValue'),
    },
    ComponentVersion: {
      type: 'text',
      docs: 'The version of the component.',
      otherwise: 'the next major version of the name, such as 1.0.0',
      pattern: { matches: versionPattern, says: 'be major.minor.patch, such as 1.0.0' },
      refused: fault(
        'InvalidParameter.ComponentVersion',
        'The specified ComponentVersion is invalid.',
      ),
    },
    ResourceGroupId: resourceGroupId,
    Tag: tags('The tags of the component.'),
    ClientToken: clientToken,
    ...legacy,
  },
})

/** What CreateImageComponent was asked for, in normal form. */
export type ComponentParameters = Checked<(typeof createImageComponent)['fields']>

/**
 * Checks the parameters of CreateImageComponent by themselves; the content is only measured.
 *
 * @throws EcsError with the service's status and code for the first broken limit
 */
export function componentParameters(raw: unknown): ComponentParameters {
  return check(createImageComponent, raw)
}
