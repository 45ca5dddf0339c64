import { describe, expect, it } from 'vitest'
import { find, operations } from '../../../src/gateway/operations/index.js'
import { products } from '../../../src/gateway/operation.js'
import { faultsOf } from '../../../src/imagebuilder/parameters/rows.js'
import { documented } from './documented.js'
import * as components from './refusals/components.js'
import { createImagePipeline } from './refusals/create-image-pipeline.js'
import type { Refusals } from './refusals/refusals.js'
import * as tags from './refusals/tags.js'
import * as templates from './refusals/templates-and-executions.js'
import { refusal, service } from './service.js'

/** By action. */
const tables: Readonly<Record<string, Refusals>> = Object.fromEntries(
  Object.entries({ createImagePipeline, ...components, ...tags, ...templates }).map(
    ([name, refusals]) => [name.charAt(0).toUpperCase() + name.slice(1), refusals],
  ),
)

/** What an operation declares: the codes of its table, and those of its parameters. */
function declared(action: string) {
  const operation = find('Ecs', products.Ecs, action)
  if (!operation) throw new Error(`there is no ${action}`)
  const all = [...faultsOf(operation.request), ...operation.errors]
  return [...new Map(all.map((each) => [each.code, each])).values()]
}

describe.each(Object.keys(tables))('%s', (action) => {
  const table = tables[action] ?? {}
  const codes = declared(action)

  it('has a request for every code that it declares, or says why no request gets it', () => {
    const shown = codes.filter((each) => !('never' in each)).map(({ code }) => code)
    expect(Object.keys(table).sort()).toEqual(shown.sort())
  })

  it('declares every row that the documentation has for it', () => {
    const all = new Set(codes.map(({ status, code }) => `${status} ${code}`))
    expect(documented(action).length).toBeGreaterThan(1)
    expect(documented(action).filter((row) => !all.has(row))).toEqual([])
  })

  it.each(codes.filter(({ code }) => code in table))(
    `${action} answers $status $code`,
    async ({ status, code, message }) => {
      const error = await refusal((async () => table[code]?.(await service()))())
      expect([error.status, error.code]).toEqual([status, code])
      if (message !== undefined && !message.includes('{')) expect(error.message).toBe(message)
      expect(error.message.length).toBeGreaterThan(10)
    },
  )
})

it('every operation of the Image Builder, of tags and of resource groups has a table', () => {
  const actions = operations.map(({ request }) => request.action)
  const ours = /^[A-Za-z]+(?:ImagePipelines?|Executions?|Components?|TagResources|ResourceGroup)$/i
  const expected = [...actions.filter((action) => ours.test(action)), 'TagResources']
  expect(Object.keys(tables).sort()).toEqual([...new Set(expected)].sort())
})
