import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultOf } from '../../machines/fault.js'

test.each([
  [{ name: 'EcsError', code: 'No.Stock', message: 'none left' }, 'No.Stock', 'none left'],
  [{ name: 'TimeoutError', message: 'too slow' }, 'TimeoutError', 'too slow'],
  [{ name: 'Error', message: 'odd' }, 'InternalError', 'odd'],
  [{ message: 'odd' }, 'InternalError', 'odd'],
  [{ code: '', message: '' }, 'InternalError', 'The task failed and gave no reason.'],
  ['thrown as text', 'InternalError', 'thrown as text'],
  [null, 'InternalError', 'The task failed and gave no reason.'],
])('the fault of %j is %s: %s', (error, code, message) => {
  expect(faultOf(error)).toEqual({ code, message })
})

test('any JSON gives a fault with both texts', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (error) => {
      const { code, message } = faultOf(error)
      expect([code, message].every((text) => typeof text === 'string' && text !== '')).toBe(true)
    }),
  )
})
