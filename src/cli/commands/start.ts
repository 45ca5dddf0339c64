import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { findTemplate } from '../find.js'
import { follow } from '../follow/follow.js'
import { newestRecord } from '../follow/lives.js'
import { goOn } from '../hints.js'
import { withFile } from '../open.js'

interface StartOptions {
  readonly token?: string
  readonly tag?: readonly string[]
  readonly detach?: boolean
}

/** `bakeline start <template>` */
export function start(
  context: Context,
  [word]: readonly [string],
  options: StartOptions,
): Promise<ExitCode> {
  const tags = (options.tag ?? []).map(tagOf)
  return withFile(context, {}, async (builder) => {
    const since = await newestRecord(builder)
    const id = await begin(builder, context, { word, tags, token: options.token })
    if (options.detach === true) return detached(context, id)
    const code = await follow(builder, context, { ids: [id], since })
    if (code === exitCodes.interrupted) {
      const { state } = await builder.engine.clock()
      context.note(goOn(context, [id], state.mode))
    }
    return code
  })
}

async function begin(
  builder: ImageBuilder,
  context: Context,
  {
    word,
    tags,
    token,
  }: {
    readonly word: string
    readonly tags: readonly object[]
    readonly token: string | undefined
  },
): Promise<string> {
  const { Region, ImagePipelineId } = await findTemplate(builder, word, context)
  const { ExecutionId } = await builder.startExecution({
    RegionId: Region,
    ImagePipelineId,
    ...(token === undefined ? {} : { ClientToken: token }),
    ...(tags.length === 0 ? {} : { Tag: tags }),
  })
  return ExecutionId
}

function detached({ options, say, json }: Context, id: string): ExitCode {
  if (options.json) json({ ExecutionId: id })
  else say(id)
  return exitCodes.success
}

function tagOf(text: string): { readonly Key: string; readonly Value: string } {
  const sign = text.indexOf('=')
  if (sign > 0) return { Key: text.slice(0, sign), Value: text.slice(sign + 1) }
  throw wrongInput(`"${text}" is not a tag: write --tag key=value`)
}
