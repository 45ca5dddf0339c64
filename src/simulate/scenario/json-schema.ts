import { z } from 'zod'
import { fileSchema } from './schema.js'

/**
 * The JSON Schema of scenario files, for editors. Draft 7, which all of them know. What only the
 * loader can check (names that steps refer to, say) is not in it.
 */
export function scenarioJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(fileSchema, { target: 'draft-7', io: 'input' })
  return { $schema, title: 'Bakeline scenario', ...rest }
}
