import type { Json } from '../../core/json.js'
import type { ListedComponent } from '../../imagebuilder/lists/components.js'
import { tagsShape } from './tags.js'

/** A component as DescribeImageComponents has it. */
export function componentShape(component: ListedComponent): Json {
  return {
    ImageComponentId: component.ImageComponentId,
    Name: component.Name,
    Description: component.Description,
    CreationTime: component.CreationTime,
    ResourceGroupId: component.ResourceGroupId,
    SystemType: component.SystemType,
    ComponentType: component.ComponentType,
    ComponentVersion: component.ComponentVersion,
    Content: component.Content,
    Owner: component.Owner,
    Parameters: {
      Parameter: component.Parameters.map(({ Name, Type, DefaultValue }) => ({
        Name,
        Type,
        ...(DefaultValue === undefined ? {} : { DefaultValue }),
      })),
    },
    Tags: tagsShape(component.Tag),
  }
}
