import { expect, test } from 'vitest'
import { BakelineError } from '../../src/core/errors.js'

test('an error carries a code for programs, ids as details, and its cause', () => {
  const cause = new Error('why')
  const error = new BakelineError('STORE', 'it failed', { execution: 'e1' }, { cause })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    name: 'BakelineError',
    code: 'STORE',
    message: 'it failed',
    details: { execution: 'e1' },
    cause,
  })
  expect(new BakelineError('CLOCK', 'x').details).toEqual({})
})
