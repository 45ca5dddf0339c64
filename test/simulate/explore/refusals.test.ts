import { describe, expect, it } from 'vitest'
import { actionText, type Happening } from '../../../src/simulate/explore/action.js'
import { answerFlaw } from '../../../src/simulate/explore/refusals.js'
import { dominates, unused } from '../../../src/simulate/explore/bounds.js'

const running = 'InvalidImagePipeline.HasRunningExecution'

describe('the answer to a call', () => {
  it.each([
    [null, null, null],
    ['A.B', 'A.B', null],
    ['A.B', null, 'it was accepted, and is to be refused with A.B'],
    [null, 'A.B', 'it was refused with A.B, and is to be accepted'],
    ['A.B', 'C.D', 'it was refused with C.D, and is to be refused with A.B'],
    // What is not ours to say may be anything, but for one that contradicts what is seen.
    [undefined, 'A.B', null],
    [undefined, null, null],
    [undefined, running, `it was refused with ${running}, and nothing is running`],
  ])('that is to be %s and is %s: %s', (wanted, refused, flaw) => {
    expect(answerFlaw(wanted, refused)).toBe(flaw)
  })
})

describe('what happens, in words', () => {
  const fault = { code: 'CopyFailed', message: 'no room' }
  const next = { kind: 'next', execution: 'web', task: 'share.cn-beijing.1', among: 1 } as const
  const cases: readonly (readonly [Happening, string])[] = [
    [{ kind: 'start', template: 'web', as: 'web' }, 'start web'],
    [{ kind: 'repeat', execution: 'web' }, 'start web again with the same token'],
    [{ kind: 'cancel', execution: 'web#2' }, 'cancel web#2'],
    [{ kind: 'delete', what: 'template', key: 'web' }, 'delete template web'],
    [
      { kind: 'deleteImage', execution: 'web', region: 'cn-beijing' },
      'delete the image of web in cn-beijing',
    ],
    [{ ...next, outcome: null }, 'web: share.cn-beijing.1 is tried again'],
    [{ ...next, outcome: { kind: 'succeeds' } }, 'web: share.cn-beijing.1 succeeds'],
    [
      { ...next, outcome: { kind: 'fails', fault } },
      'web: share.cn-beijing.1 fails with CopyFailed',
    ],
    [
      { ...next, outcome: { kind: 'misses', fault, accounts: ['1', '2'] } },
      'web: share.cn-beijing.1 fails for 1, 2 with CopyFailed',
    ],
  ]

  it.each(cases)('%j is "%s"', (happening, text) => {
    expect(actionText({ happening, dies: null })).toBe(text)
  })

  it('with where the process dies', () => {
    const happening: Happening = { kind: 'cancel', execution: 'web' }
    expect(actionText({ happening, dies: 0 })).toBe('cancel web, and dies before')
    expect(actionText({ happening, dies: 2 })).toBe('cancel web, and dies after commit 2')
  })
})

describe('a path that used no more than another', () => {
  it.each(['depth', 'faults', 'starts', 'cancels', 'deletes'] as const)('of %s', (bound) => {
    const more = { ...unused, [bound]: 1 }
    expect(dominates(unused, more)).toBe(true)
    expect(dominates(unused, unused)).toBe(true)
    expect(dominates(more, unused)).toBe(false)
  })
})
