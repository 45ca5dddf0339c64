import { environmentOf, keyOf } from '../../emulator/environment.js'
import { defaultWorld } from '../../imagebuilder/world/default.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { readWorld } from '../inputs/settings.js'
import { editWorld } from '../../imagebuilder/world/edit.js'
import { portOf, usualPort } from '../serving.js'

interface EnvOptions {
  readonly port?: string
}

/** `bakeline env`: for a shell to evaluate, and for people to read. */
export async function env(
  context: Context,
  _: readonly [],
  { port }: EnvOptions,
): Promise<ExitCode> {
  const { region, world } = context.options
  const endpoint = `127.0.0.1:${portOf(port, usualPort)}`
  const whole = world === undefined ? defaultWorld : editWorld(defaultWorld, await readWorld(world))
  const variables = environmentOf({ endpoint, url: `http://${endpoint}`, region, ...keyOf(whole) })
  if (context.options.json) {
    context.json(Object.fromEntries(variables.map(({ name, value }) => [name, value])))
    return exitCodes.success
  }
  const { say } = context
  for (const { name, value, readBy } of variables) {
    say(`# ${readBy}`)
    say(`export ${name}=${quoted(value)}`)
  }
  say('# Terraform also needs protocol = "HTTP" and skip_region_validation = true in its provider.')
  return exitCodes.success
}

function quoted(value: string): string {
  return /^[\w./:@+-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`
}
