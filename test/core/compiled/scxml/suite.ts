import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyStateMachine } from 'xstate'
import { machineOf } from './convert.js'

const folder = join(import.meta.dirname, '../../../fixtures/scxml')

/** A published test: a document, and the states that events lead to. */
export interface ScxmlTest {
  readonly name: string
  readonly machine: AnyStateMachine
  readonly initialConfiguration: readonly string[]
  readonly events: readonly {
    readonly after?: number
    readonly event: { readonly name: string }
    readonly nextConfiguration: readonly string[]
  }[]
}

/** Those that xstate itself runs. */
export function scxmlTests(): ScxmlTest[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.scxml'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.scxml'.length)
      const path = join(folder, name)
      const expected = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as ScxmlTest
      const machine = machineOf(readFileSync(`${path}.scxml`, 'utf8'))
      return Object.assign(expected, { name, machine })
    })
}
