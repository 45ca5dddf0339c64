import { expect, test } from 'vitest'
import { Gate } from '../../src/emulator/gate.js'
import { deferred } from '../helpers/engines.js'

const forever = (): Promise<void> => new Promise(() => undefined)

test('who is to be alone waits for those inside, and those who come wait for it', async () => {
  const gate = new Gate()
  const seen: string[] = []
  const [inside, alone] = [deferred<void>(), deferred<void>()]
  const first = gate.pass(async () => {
    await inside.promise
    seen.push('first')
  })
  const second = gate.alone(async () => {
    seen.push('alone')
    await alone.promise
  }, forever)
  const third = gate.pass(() => seen.push('third'))
  const fourth = gate.alone(async () => seen.push('alone again'), forever)
  inside.resolve()
  await first
  alone.resolve()
  await Promise.all([second, third, fourth])
  expect(seen.slice(0, 2)).toEqual(['first', 'alone'])
  expect(seen.slice(2).sort()).toEqual(['alone again', 'third'])
})

test('it waits no longer than it must', async () => {
  const gate = new Gate()
  const inside = deferred<void>()
  const stuck = gate.pass(() => inside.promise)
  expect(
    await gate.alone(
      async () => 'done',
      async () => undefined,
    ),
  ).toBe('done')
  inside.resolve()
  await stuck
})

test('what throws inside lets the next one in', async () => {
  const gate = new Gate()
  const failing = (): Promise<never> => Promise.reject(new Error('no'))
  await expect(gate.pass(failing)).rejects.toThrow('no')
  await expect(gate.alone(failing, forever)).rejects.toThrow('no')
  expect(await gate.pass(() => 'yes')).toBe('yes')
})
