import { EcsError } from '../imagebuilder/errors.js'
import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import type { Context } from './context.js'
import { type ExitCode, exitCodes } from './exit-codes.js'
import { type Request, readRequests, withPlace } from './inputs/documents.js'
import { readInput } from './inputs/text.js'
import { rehearse, withFile } from './open.js'

/** What `create` is given. */
export interface CreateOptions {
  readonly file: string
}

interface Creation {
  /** `templates`: the key under which several stand by name. */
  readonly key: string
  /** Creates one and returns its id. */
  readonly create: (
    builder: ImageBuilder,
    parameters: Readonly<Record<string, unknown>>,
  ) => Promise<string>
  /** What is said of each. */
  readonly idField: string
}

/** `template create` and `component create`: one after the other, up to the first that is refused. */
export async function createFrom(
  context: Context,
  { file }: CreateOptions,
  creation: Creation,
): Promise<ExitCode> {
  const text = await readInput(file, context.io.stdin)
  const { key } = creation
  const name = file === '-' ? 'stdin' : file
  const requests = readRequests(name, text, {
    key,
    fallback: { RegionId: context.options.region },
  })
  await rehearse(context, async (builder) => {
    for (const request of requests) await create(builder, request, creation)
  })
  return withFile(context, { create: true }, async (builder) => {
    let done = 0
    for (const request of requests) {
      const id = await create(builder, request, creation).catch((error: unknown) => {
        throw done === 0 ? error : partly(error, done, requests.length)
      })
      done += 1
      const given = request.parameters['Name']
      if (context.options.json) context.json({ [creation.idField]: id })
      else context.say(typeof given === 'string' ? `${id}  ${given}` : id)
    }
    return exitCodes.success
  })
}

async function create(
  builder: ImageBuilder,
  request: Request,
  creation: Creation,
): Promise<string> {
  try {
    return await creation.create(builder, request.parameters)
  } catch (error) {
    throw withPlace(error, request)
  }
}

function partly(error: unknown, done: number, all: number): unknown {
  if (!(error instanceof EcsError)) return error
  const { status, code, message, details } = error
  const rest = ` (${done} of ${all} were created before it.)`
  return new EcsError(status, code, message + rest, details)
}
