import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe } from 'vitest'
import type { ClockState } from '../../src/core/clock.js'
import { BakelineError } from '../../src/core/errors.js'
import type { Store } from '../../src/core/ports.js'
import { memory } from '../../src/store/memory/memory.js'
import { sqlite } from '../../src/store/sqlite/sqlite.js'
import { monday } from './manual-wall.js'

/** Where executions live, beyond the engines that are opened on it. */
export interface Place {
  /** Another connection to the same executions. */
  open(): Store
}

export type NewPlace = (options?: { readonly clock?: ClockState }) => Place

export const virtual: ClockState = { mode: 'virtual', now: monday }

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function sqlitePlace(options: { readonly clock?: ClockState } = {}): Place {
  const folder = mkdtempSync(join(tmpdir(), 'bakeline-'))
  folders.push(folder)
  return { open: () => sqlite(join(folder, 'test.db'), options) }
}

/** One memory store behind handles that can be closed one by one, as connections to a file can. */
export function memoryPlace(options: { readonly clock?: ClockState } = {}): Place {
  const inner = memory(options)
  let commits = 0
  return {
    open() {
      let mine = 0
      let closed = false
      let last: Promise<unknown> | null = null
      const refuse = (): void => {
        if (closed) throw new BakelineError('CLOSED', 'the store is closed')
      }
      return {
        async transact(decide) {
          refuse()
          const written = inner.transact(decide)
          last = written
          const value = await written
          commits++
          mine++
          return value
        },
        async read(query) {
          refuse()
          return inner.read(query)
        },
        gathered() {
          refuse()
          return inner.gathered()
        },
        foreignVersion() {
          refuse()
          return commits - mine
        },
        async close() {
          closed = true
          await Promise.allSettled([last])
        },
      }
    },
  }
}

/** Says the same of every store. */
export function overEachStore(tests: (newPlace: NewPlace, name: string) => void): void {
  describe.each([
    ['memory', memoryPlace],
    ['a SQLite file', sqlitePlace],
  ] as const)('over %s', (name, newPlace) => tests(newPlace, name))
}
