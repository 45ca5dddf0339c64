import { expect, test } from 'vitest'
import { engineOn } from '../helpers/engines.js'
import { reminder } from '../helpers/machines.js'
import { overEachStore } from '../helpers/places.js'

overEachStore((newPlace) => {
  test('an execution that is looked at or listed is a plain object, whichever way it is copied', async () => {
    const engine = engineOn(newPlace().open(), [reminder])
    const { id } = await engine.start(reminder, { input: { delay: 60_000 } })
    const expected = {
      id,
      machine: 'reminder@1',
      singletonKey: null,
      status: 'waiting',
      outcome: null,
      stuck: null,
      value: 'waiting',
      context: { reminded: 0, delay: 60_000 },
      output: null,
      error: null,
      tags: [],
      startedAt: expect.any(Number),
      updatedAt: expect.any(Number),
      endedAt: null,
      seq: 1,
    }
    for (const view of [await engine.get(id), ...(await engine.list())]) {
      expect(view).toStrictEqual(expected)
      expect({ ...view }).toStrictEqual(expected)
      expect(structuredClone(view)).toStrictEqual(expected)
      expect(JSON.parse(JSON.stringify(view))).toStrictEqual(expected)
      expect(Object.keys(view ?? {})).toEqual(Object.keys(expected))
      expect(view?.context).toBe(view?.context)
    }
  })
})
