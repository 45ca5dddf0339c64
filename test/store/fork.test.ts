import { describe, expect, it } from 'vitest'
import { memory } from '../../src/store/memory/memory.js'
import { everything, execution, insertion, record, timer, write } from '../contract/rows.js'
import { describeStore } from '../contract/store.js'

describeStore('a fork of a store in memory', {
  open: (options) => {
    const store = memory(options)
    return store.fork()
  },
})

describe('a fork', () => {
  it('holds what its origin held, and neither sees what the other writes', async () => {
    const origin = memory({ clock: { mode: 'virtual', now: 7 } })
    await write(origin, {
      insert: [execution(1, { singletonKey: 'a' }), execution(2)],
      records: [record(1, 1, 1)],
      put: [timer(1, 1, 5)],
      catalog: [insertion('image', 'm-1', { Name: 'x' })],
    })
    const named = { kind: 'image', where: { Name: 'x' } }
    await origin.read((reader) => reader.catalogFind(named))
    const before = await origin.read(everything)
    const fork = origin.fork()
    expect(await fork.read(everything)).toEqual(before)

    await write(fork, {
      insert: [execution(3, { singletonKey: 'b' })],
      records: [record(2, 1, 2)],
      put: [timer(1, 1, 9), timer(2, 2, 6)],
      catalog: [insertion('image', 'm-2', { Name: 'x' })],
    })
    expect(await origin.read(everything)).toEqual(before)
    expect(await fork.read((reader) => reader.catalogFind(named).map(({ key }) => key))).toEqual([
      'm-1',
      'm-2',
    ])
    const forked = await fork.read(everything)

    await write(origin, {
      records: [record(2, 1, 2)],
      put: [timer(1, 1, 100)],
      catalog: [insertion('image', 'm-3', { Name: 'x' })],
    })
    expect(await fork.read(everything)).toEqual(forked)
    const due = await fork.read((reader) => reader.due({ axis: 'file', until: 99, limit: 9 }))
    expect(due.map(({ n }) => n)).toEqual([2, 1])
  })

  it('can be forked again', async () => {
    const origin = memory()
    await write(origin, { insert: [execution(1)] })
    const first = origin.fork()
    const second = first.fork()
    await write(second, { insert: [execution(2)] })
    await write(first, { insert: [execution(3)] })
    const numbers = async (store: typeof origin): Promise<number[]> =>
      store.read((reader) => reader.executions({ limit: 9, oldestFirst: true }).map(({ n }) => n))
    expect(await numbers(origin)).toEqual([1])
    expect(await numbers(first)).toEqual([1, 3])
    expect(await numbers(second)).toEqual([1, 2])
  })
})
