import { diff as compare, type Version } from '../../diff.js'
import { renderDiff } from '../../simulate/diff/side-by-side.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { readMachines } from '../inputs/machines.js'
import { packageVersion } from '../version.js'

/** `bakeline diff <scenario> <machine> [other]` */
export async function diff(
  { io, options, json }: Context,
  [scenario, machine, other]: readonly [string, string, string | undefined],
): Promise<ExitCode> {
  const shipped: Version = { name: `the machine of ${packageVersion()}` }
  const [left, right] =
    other === undefined
      ? [shipped, await versionOf(machine)]
      : [await versionOf(machine), await versionOf(other)]
  const { sides, divergence } = await compare(scenario, { left, right })
  if (options.json) {
    const runs = sides.map(({ name, replayed }) => ({
      machine: name,
      ok: replayed.ok,
      hash: replayed.hash,
    }))
    json({ same: divergence === null, runs, divergence })
  } else io.stdout.write(renderDiff(sides, divergence, io.stdout.columns))
  return divergence === null ? exitCodes.success : exitCodes.otherEnd
}

async function versionOf(file: string): Promise<Version> {
  const found = (await readMachines(file)).filter(({ machine }) => machine.id === 'execution')
  const [one, ...more] = found
  if (one !== undefined && more.length === 0) return { name: file, machine: one.machine }
  const count = found.length === 0 ? 'no' : 'more than one'
  throw wrongInput(`${file} exports ${count} machine whose id is "execution"; export just one`)
}
