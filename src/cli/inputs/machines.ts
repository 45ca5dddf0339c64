import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isMachine } from '../../core/durable.js'
import type { MachineDefinition } from '../../engine/definition.js'
import { wrongInput } from '../exit-codes.js'

/**
 * The machines that a JavaScript file exports: by themselves, or in an object with their policies
 * and migrations. Runs the file.
 *
 * @throws CliError 2 when it cannot be loaded, or exports none
 */
export async function readMachines(file: string): Promise<readonly MachineDefinition[]> {
  const exported = (await import(pathToFileURL(resolve(file)).href).catch((error: unknown) => {
    const hint = /\.[cm]?tsx?$/.test(file) ? '; it must be JavaScript: compile it first' : ''
    throw wrongInput(`${file} cannot be loaded: ${(error as Error).message}${hint}`)
  })) as Readonly<Record<string, unknown>>
  const found = new Map<unknown, MachineDefinition>()
  for (const value of Object.values(exported)) {
    const definition = definitionOf(value)
    // A machine beside the object that has it: the object says more.
    if (definition && (definition === value || !found.has(definition.machine))) {
      found.set(definition.machine, definition)
    }
  }
  if (found.size > 0) return [...found.values()]
  const names = Object.keys(exported).join(', ') || 'nothing'
  throw wrongInput(
    `${file} exports no machine (it exports ${names}): export one made by createMachine of the ` +
      'same xstate, or { machine, migrations }',
  )
}

function definitionOf(value: unknown): MachineDefinition | null {
  if (isMachine(value)) return { machine: value }
  const inner = (value as { readonly machine?: unknown } | null | undefined)?.machine
  return isMachine(inner) ? (value as MachineDefinition) : null
}
