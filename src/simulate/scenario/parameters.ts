import { z } from 'zod'
import { createImageComponent } from '../../imagebuilder/parameters/create-component.js'
import { createTemplateFields } from '../../imagebuilder/parameters/create-template-fields.js'
import type { Field, Fields } from '../../imagebuilder/parameters/field.js'
import { limitsOf } from '../../imagebuilder/parameters/limits.js'
import { closed } from '../plan/shapes.js'

/**
 * The parameters of a template or component. Only their names are checked: a scenario may give a
 * wrong value on purpose, to see what the service says.
 */
function parametersSchema(action: string, fields: Fields) {
  return closed(`a parameter of ${action}`, shapeOf(action, fields))
}

function shapeOf(action: string, fields: Fields): z.ZodRawShape {
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => {
      const schema = valueOf(action, field, key).exactOptional()
      const limits = limitsOf(field)
      const description = limits === '' ? field.docs : `${field.docs} (${limits})`
      return [key, schema.meta({ description })]
    }),
  )
}

/** What is not even of the right kind is the service's to refuse. */
const scalar = [z.string(), z.number(), z.boolean(), z.null()] as const

function valueOf(action: string, field: Field, name: string): z.ZodType {
  if (field.type === 'object') {
    const inner = closed(`a field of ${name} in ${action}`, shapeOf(action, field.fields))
    return z.union([inner, z.array(z.unknown()), ...scalar])
  }
  if (field.type === 'list' && field.item.type === 'object') {
    const items = z.array(valueOf(action, field.item, name))
    return z.union([items, z.record(z.string(), z.unknown()), ...scalar])
  }
  return z.unknown()
}

export const templateSchema = parametersSchema('CreateImagePipeline', createTemplateFields)
export const componentSchema = parametersSchema(
  createImageComponent.action,
  createImageComponent.fields,
)
