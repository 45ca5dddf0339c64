import { z } from 'zod'
import { limits } from '../../../gateway/wire/limits.js'
import { parseContent } from '../../../imagebuilder/content/content.js'
import { EcsError } from '../../../imagebuilder/errors.js'
import { endpoint } from '../endpoint.js'
import { closed } from '../shapes.js'

const problem = z
  .object({
    line: z.number().int().nullable().meta({ description: 'From 1; null: the text as a whole.' }),
    status: z.number().int(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'contentProblem' })

const check = endpoint({
  method: 'post',
  path: '/content/check',
  name: 'checkContent',
  summary:
    'Reads build, test or component content as the service does. Whether the components that it ' +
    'names exist is told by the operation that uses it.',
  body: closed('a field of this check', {
    text: z.string().max(limits.body),
    kind: z.enum(['template', 'component']),
    purpose: z.enum(['Build', 'Test']),
    systemType: z.enum(['Linux', 'Windows']),
  }),
  answer: z.object({
    syntax: z.enum(['commands', 'yaml']).nullable(),
    count: z.number().int().meta({ description: 'Its commands, or its tasks.' }),
    problem: problem.nullable().meta({ description: 'The first, which is the one that is told.' }),
  }),
  run: ({ body: { text, ...use } }) => Promise.resolve(checked(text, use)),
})

function checked(text: string, use: Parameters<typeof parseContent>[1]) {
  try {
    const content = parseContent(text, use)
    const parts = content.syntax === 'yaml' ? content.tasks : content.commands
    return { syntax: content.syntax, count: parts.length, problem: null }
  } catch (error) {
    if (!(error instanceof EcsError)) throw error
    const { status, code, message, details } = error
    const line = 'Line' in details ? Number(details['Line']) : null
    return { syntax: null, count: 0, problem: { line, status, code, message } }
  }
}

export const contentEndpoints = [check]
