import { clockName } from '../../core/clock.js'
import { usableImage } from '../../emulator/base-image.js'
import type { Emulator } from '../../emulator/create.js'
import { principals } from '../../gateway/principals.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { dbOf, type ServingOptions, startEmulator, usualPort } from '../serving.js'

/** `bakeline serve` */
export async function serve(
  context: Context,
  _: readonly [],
  options: ServingOptions,
): Promise<ExitCode> {
  const emulator = await startEmulator(context, options, usualPort)
  try {
    await tell(context, emulator)
    await interrupted(context.io.signal)
  } finally {
    await emulator.close()
  }
  return exitCodes.success
}

async function tell(context: Context, emulator: Emulator): Promise<void> {
  const { url, imageBuilder } = emulator
  const world = await imageBuilder.world()
  const { state } = await imageBuilder.engine.clock()
  const { region } = context.options
  const ready = {
    type: 'ready',
    url,
    endpoint: emulator.endpoint,
    protocol: 'HTTP',
    account: world.account,
    baseImage: usableImage(world, region)?.ImageId ?? null,
    region,
    clock: clockName(state),
    db: dbOf(context) ?? null,
  }
  if (context.options.json) {
    context.json(ready)
    return
  }
  const keyed = principals(world).keys.byId.size > 0
  const { say } = context
  say(
    `Ready at ${url} (protocol: HTTP), account ${world.account}, ` +
      (ready.baseImage === null ? 'no base image' : `base image ${ready.baseImage}`),
  )
  say(
    keyed
      ? 'Keys:   those of the world'
      : 'Keys:   any; nothing is checked until the world has some',
  )
  say(`Clock:  ${ready.clock}`)
  say(`State:  ${ready.db ?? 'in memory, gone when this ends; --db FILE keeps it'}`)
  say(`Control API: ${url}/_bakeline/openapi.json. What clients read: bakeline env`)
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
}
