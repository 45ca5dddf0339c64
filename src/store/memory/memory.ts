import type { Store } from '../../core/ports.js'
import { defaultQueueLimit, refuseUnknown, type StoreOptions, wholeOption } from '../options.js'
import { DecisionQueue, type Waiting } from '../queue.js'
import { checkSetting } from '../input.js'
import { applyBatch } from './apply.js'
import { createReader } from './reader.js'
import { createTables, forkTables, type Tables } from './tables.js'

/** A store in memory, which can go on in two ways. */
export interface MemoryStore extends Store {
  /**
   * Another store that holds what this one holds now, and goes its own way from here. Cheap: rows are
   * shared, and lists of them until they change.
   */
  fork(): MemoryStore
}

/**
 * A store in this process's memory: gone when the process is. The reference with which every other
 * store is compared, and what tests run on.
 *
 * @throws BakelineError `INVALID_INPUT` for an option it does not know or cannot use.
 */
export function memory(options: StoreOptions = {}): MemoryStore {
  refuseUnknown('memory', options, ['queueLimit', 'clock', 'settings'])
  const limit = { fallback: defaultQueueLimit, least: 1 }
  const queueLimit = wholeOption('memory', 'queueLimit', options.queueLimit, limit)
  const tables = createTables()
  if (options.clock) tables.clock.set('clock', options.clock)
  for (const [key, value] of Object.entries(options.settings ?? {})) {
    checkSetting(key)
    tables.settings.set(key, value)
  }
  return storeOn(tables, queueLimit)
}

function storeOn(tables: Tables, queueLimit: number): MemoryStore {
  let generation = 0
  const reader = createReader(tables, () => generation)

  function settle({ decide, resolve, reject }: Waiting): void {
    try {
      const { batch, value } = decide(reader)
      if (batch) {
        // One that cannot be written counts as more than one that was.
        generation += 2
        applyBatch(tables, batch)
        generation--
      }
      resolve(value)
    } catch (error) {
      reject(error)
    }
  }

  const queue = new DecisionQueue({ limit: queueLimit }, (waiting) => {
    for (const one of waiting) settle(one)
    return waiting.length
  })
  return {
    transact: (decide) => queue.add(decide),
    gathered: () => queue.gathered(),
    async read(query) {
      queue.refuseClosed()
      return query(reader)
    },
    foreignVersion() {
      queue.refuseClosed()
      return 0
    },
    close: () => queue.close(),
    fork: () => storeOn(forkTables(tables), queueLimit),
  }
}
