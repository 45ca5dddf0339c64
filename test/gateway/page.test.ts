import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberedPage, numberedPageFields, tokenPageFields } from '../../src/gateway/wire/page.js'
import { pageTokens } from '../../src/gateway/wire/page-token.js'
import { check } from '../../src/imagebuilder/parameters/check.js'
import { operation } from '../../src/imagebuilder/parameters/field.js'
import { refused } from '../imagebuilder/refused.js'
import { anyText } from './any-text.js'

const tokens = pageTokens('secret of the file')
const query = {
  account: '1',
  action: 'DescribeImagePipelines',
  parameters: { RegionId: 'cn-hangzhou', Tag: [{ Key: 'a', Value: 'b' }], MaxResults: 2 },
}
const cursor = { after: 'ip-bp1', n: 17 }
const token = tokens.seal(query, cursor)

describe('a page token', () => {
  it('gives back the cursor for the same query, in any process of the file', () => {
    expect(token).toMatch(/^[A-Za-z0-9_-]+$/)
    expect(pageTokens('secret of the file').open(query, token)).toEqual(cursor)
  })

  it('outlives another page size, the token itself and another order of parameters', () => {
    const { RegionId, Tag } = query.parameters
    const parameters = { NextToken: token, Tag, RegionId, MaxResults: 500 }
    expect(tokens.open({ ...query, parameters }, token)).toEqual(cursor)
  })

  it.each([
    ['account', { ...query, account: '2' }],
    ['action', { ...query, action: 'DescribeImageComponents' }],
    ['filter', { ...query, parameters: { ...query.parameters, Name: 'n' } }],
    ['region', { ...query, parameters: { ...query.parameters, RegionId: 'cn-beijing' } }],
  ])('is refused with another %s', (_, other) => {
    expect(refused(() => tokens.open(other, token))).toMatchObject({
      status: 403,
      code: 'Invalid.NextToken',
      message: 'The specified NextToken is not valid.',
    })
  })

  it('is refused by another file', () => {
    expect(refused(() => pageTokens('other').open(query, token)).code).toBe('Invalid.NextToken')
  })

  it('is refused after any change', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n'
    for (let at = 0; at <= token.length; at++) {
      const [before, after] = [token.slice(0, at), token.slice(at + 1)]
      const changed = [...letters].map((letter) => before + letter + after)
      for (const other of [...changed, before + after, before, `${before}A${token.slice(at)}`]) {
        if (other === token) continue
        expect(refused(() => tokens.open(query, other)).code).toBe('Invalid.NextToken')
      }
    }
  })

  it('is refused when nobody made it', () => {
    fc.assert(
      fc.property(anyText, (made) => {
        expect(refused(() => tokens.open(query, made)).code).toBe('Invalid.NextToken')
      }),
    )
    expect(refused(() => tokens.open(query, 'A'.repeat(100_000))).code).toBe('Invalid.NextToken')
  })
})

describe('a numbered page', () => {
  const all = Array.from({ length: 25 }, (_, index) => index)

  it('has its part of the list and the count of all', () => {
    const page = numberedPage(all, { PageNumber: 3, PageSize: 10 })
    expect(page).toEqual({ TotalCount: 25, PageNumber: 3, PageSize: 10, rows: all.slice(20) })
    expect(numberedPage(all, { PageNumber: 4, PageSize: 10 }).rows).toEqual([])
  })

  it('and a page by token have their documented limits', () => {
    const fields = { ...numberedPageFields, ...tokenPageFields }
    const list = operation({ action: 'List', docs: 'A list.', fields })
    expect(check(list, {})).toEqual({ PageNumber: 1, PageSize: 10, MaxResults: 50 })
    for (const given of [{ PageSize: '101' }, { PageNumber: '0' }, { MaxResults: '501' }]) {
      expect(refused(() => check(list, given)).code).toBe('InvalidParameter')
    }
  })
})
