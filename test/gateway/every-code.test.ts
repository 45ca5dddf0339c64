import { expect, it } from 'vitest'
import { describeOperations } from '../../src/gateway/describe/operations.js'
import { operations } from '../../src/gateway/operations/index.js'
import { around } from './around/refusals.js'
import { changing } from './images/refusals/changing.js'
import { describing } from './images/refusals/describing.js'
import { making } from './images/refusals/making.js'
import * as components from './operations/refusals/components.js'
import { createImagePipeline } from './operations/refusals/create-image-pipeline.js'
import * as tags from './operations/refusals/tags.js'
import * as templates from './operations/refusals/templates-and-executions.js'

/** Every request that a test sends to be refused, by operation; by `status code`, or by `code`. */
const tables: Readonly<Record<string, object>> = {
  createImagePipeline,
  ...components,
  ...tags,
  ...templates,
  ...describing,
  ...making,
  ...changing,
  ...around,
}

/** `CreateImagePipeline 404 InvalidImage.NotFound` for all that the tables have. */
function shown(): ReadonlySet<string> {
  const all = Object.entries(tables).flatMap(([name, table]) => {
    const action = name.charAt(0).toUpperCase() + name.slice(1)
    return Object.keys(table).map((key) => `${action} ${key.replace(/^\d+ /, '')}`)
  })
  return new Set(all)
}

it('every code of every operation has a request that a test sends, or a reason why none gets it', () => {
  const tried = shown()
  const untried = describeOperations(operations).flatMap(({ action, errors }) =>
    errors
      .filter(({ code, never }) => never === undefined && !tried.has(`${action} ${code}`))
      .map(({ code }) => `${action} ${code}`),
  )
  expect(untried).toEqual([])
  expect(tried.size).toBeGreaterThan(400)
})

it('every reason is a sentence that somebody can check', () => {
  for (const { errors } of describeOperations(operations)) {
    for (const { code, never } of errors) {
      if (never !== undefined) expect(never, code).toMatch(/^\S+ .{8,}/)
    }
  }
})
