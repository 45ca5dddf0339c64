import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { didYouMean, editDistance, nearest } from '../../src/core/nearest.js'

const words = ['RegionId', 'BaseImage', 'BaseImageType', 'BuildContent']

describe('the nearest legal word', () => {
  it('is found for a slip of the finger', () => {
    expect(nearest('RegoinId', words)).toBe('RegionId')
    expect(nearest('BaseImag', words)).toBe('BaseImage')
    expect(nearest('BaseImageTyp', words)).toBe('BaseImageType')
  })

  it('does not depend on upper and lower case', () => {
    expect(nearest('regionID', words)).toBe('RegionId')
  })

  it('is not guessed when nothing is close', () => {
    expect(nearest('Colour', words)).toBeUndefined()
    expect(nearest('', words)).toBeUndefined()
    expect(nearest('RegionId', [])).toBeUndefined()
  })

  it('is the first of equals', () => {
    expect(nearest('bat', ['cat', 'hat'])).toBe('cat')
  })

  it('is not sought for words too long to be worth it', () => {
    expect(nearest('a'.repeat(101), ['a'.repeat(100)])).toBeUndefined()
    expect(nearest('a'.repeat(100), ['a'.repeat(101), 'a'.repeat(99)])).toBe('a'.repeat(99))
  })

  it('ends a message, or adds nothing to it', () => {
    expect(didYouMean('RegionID', words)).toBe(' Did you mean "RegionId"?')
    expect(didYouMean('Colour', words)).toBe('')
  })
})

describe('the distance between two words', () => {
  it('counts letters put in, taken out, changed and swapped', () => {
    expect(editDistance('copy', 'copy')).toBe(0)
    expect(editDistance('copy', 'cop')).toBe(1)
    expect(editDistance('cop', 'copy')).toBe(1)
    expect(editDistance('copy', 'cozy')).toBe(1)
    expect(editDistance('copy', 'cpoy')).toBe(1)
    expect(editDistance('', 'copy')).toBe(4)
  })

  it('is the same both ways and at most the longer length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b)
        expect(editDistance(b, a)).toBe(distance)
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
        expect(distance === 0).toBe(a === b)
      }),
    )
  })
})
