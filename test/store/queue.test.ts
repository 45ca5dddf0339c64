import { describe, expect, it } from 'vitest'
import { DecisionQueue, type Waiting } from '../../src/store/queue.js'
import { failure } from '../contract/rows.js'

const nothing = () => ({ batch: null, value: 0 })

describe('the queue before a store', () => {
  it('hands over what arrived in one turn at once, and later what was not taken', async () => {
    const lengths: number[] = []
    const queue = new DecisionQueue({ limit: 10 }, (waiting: readonly Waiting[]) => {
      lengths.push(waiting.length)
      for (const { resolve } of waiting.slice(0, 2)) resolve(lengths.length)
      return Math.min(2, waiting.length)
    })
    const turns = await Promise.all([1, 2, 3, 4, 5].map(() => queue.add(nothing)))
    expect(turns).toEqual([1, 1, 2, 2, 3])
    expect(lengths).toEqual([5, 3, 1])
  })

  it('waits one more turn for others where it is patient', async () => {
    const turns = { hasty: [] as number[], patient: [] as number[] }
    for (const patient of [false, true]) {
      const lengths = turns[patient ? 'patient' : 'hasty']
      const queue = new DecisionQueue({ limit: 10, patient }, (waiting) => {
        lengths.push(waiting.length)
        for (const { resolve } of waiting) resolve(0)
        return waiting.length
      })
      const first = queue.add(nothing)
      // Runs in the turn after, as what sockets bring does.
      const second = new Promise((resolve) => {
        setImmediate(() => resolve(queue.add(nothing)))
      })
      await Promise.all([first, second])
    }
    expect(turns).toEqual({ hasty: [1, 1], patient: [2] })
  })

  it('has in one group what was decided about what many looked at first', async () => {
    const groups: number[] = []
    const queue = new DecisionQueue({ limit: 10 }, (waiting) => {
      groups.push(waiting.length)
      for (const { resolve } of waiting) resolve(0)
      return waiting.length
    })
    const looksFirst = async (): Promise<void> => {
      await queue.gathered()
      await Promise.resolve()
      await queue.add(nothing)
    }
    let turns = 0
    const count = (): void => {
      turns++
      if (turns < 100) setImmediate(count)
    }
    setImmediate(count)
    await Promise.all([queue.add(nothing), looksFirst(), looksFirst(), looksFirst()])
    expect(groups).toEqual([4])
    // All of it within the turn of the event loop after the one in which they came.
    expect(turns).toBeLessThanOrEqual(2)
  })

  it('lets those look who come while a group is on its way', async () => {
    const queue = new DecisionQueue({ limit: 10 }, (waiting) => {
      for (const { resolve } of waiting) resolve(0)
      return waiting.length
    })
    let looked = 0
    const looksAgain = async (): Promise<void> => {
      await queue.gathered()
      // Its group has not been run yet, nor is it waited for.
      await queue.gathered()
      looked++
    }
    await Promise.all([looksAgain(), looksAgain()])
    expect(looked).toBe(2)
  })

  it('runs no group where whoever looked decides nothing, and is closed all the same', async () => {
    let groups = 0
    const queue = new DecisionQueue({ limit: 10 }, (waiting) => {
      groups++
      return waiting.length
    })
    const looked = queue.gathered()
    await queue.close()
    await looked
    expect(groups).toBe(0)
    expect(await failure(queue.gathered())).toMatchObject({ code: 'CLOSED' })
  })

  it('is not closed before the last group is settled', async () => {
    const settled: string[] = []
    const queue = new DecisionQueue({ limit: 10 }, ([first]) => {
      first?.resolve(0)
      return 1
    })
    for (const name of ['a', 'b']) void queue.add(nothing).then(() => settled.push(name))
    await queue.close()
    expect(settled).toEqual(['a', 'b'])
  })

  it('leaves nobody waiting when the group itself breaks, and goes on', async () => {
    const error = new Error('broken')
    let broken = true
    const queue = new DecisionQueue({ limit: 10 }, (waiting) => {
      if (broken) throw error
      for (const { resolve } of waiting) resolve(1)
      return waiting.length
    })
    expect(await Promise.all([failure(queue.add(nothing)), failure(queue.add(nothing))])).toEqual([
      error,
      error,
    ])
    broken = false
    expect(await queue.add(nothing)).toBe(1)
  })
})
