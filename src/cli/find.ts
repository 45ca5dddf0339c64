import { nearest } from '../core/nearest.js'
import type { Execution } from '../engine/types.js'
import type { executionMachine } from '../../machines/execution.js'
import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import type { Component, Template } from '../imagebuilder/rows.js'
import type { Context } from './context.js'
import { CliError, exitCodes } from './exit-codes.js'

/** An execution of the Image Builder. */
export type Run = Execution<typeof executionMachine>

/** What is looked up by id or name. */
interface Named {
  readonly id: string
  readonly name: string
  readonly region: string
  /** What tells it from others of its name. */
  readonly hint: string
}

/** @throws CliError 4 when there is none, with the nearest name; 2 when the name is not enough */
export async function findTemplate(
  builder: ImageBuilder,
  word: string,
  context: Context,
): Promise<Template> {
  const all = await builder.templates()
  return pick(all, namedTemplate, word, { what: 'template', context })
}

function namedTemplate({ ImagePipelineId, Name, Region, CreationTime }: Template): Named {
  return { id: ImagePipelineId, name: Name, region: Region, hint: `created ${CreationTime}` }
}

/** @throws CliError 4 when there is none, with the nearest name; 2 when the name is not enough */
export async function findComponent(
  builder: ImageBuilder,
  word: string,
  context: Context,
): Promise<Component> {
  const all = await builder.components()
  return pick(all, namedComponent, word, { what: 'component', context })
}

function namedComponent({ ImageComponentId, Name, Region, ComponentVersion }: Component): Named {
  return { id: ImageComponentId, name: Name, region: Region, hint: `version ${ComponentVersion}` }
}

interface Search {
  readonly what: string
  readonly context: Context
}

function pick<R>(rows: readonly R[], namedOf: (row: R) => Named, word: string, search: Search): R {
  const { region, askedRegion } = search.context.options
  const all = rows.map((row) => ({ row, named: namedOf(row) }))
  const byId = all.find(({ named }) => named.id === word)
  if (byId && (askedRegion ?? byId.named.region) === byId.named.region) return byId.row
  const here = all.filter(({ named }) => named.name === word && named.region === region)
  const [found, ...others] = here
  if (found === undefined) {
    const named = all.map((each) => each.named)
    throw none(named, word, { ...search, byId: byId?.named })
  }
  if (others.length === 0) return found.row
  const candidates = here.map(({ named: { id, hint } }) => `\n  ${id}  ${hint}`).join('')
  throw new CliError(
    exitCodes.wrongInput,
    'AMBIGUOUS_NAME',
    `${here.length} ${search.what}s in ${region} are called "${word}"; say which by id:` +
      candidates,
    { name: word },
  )
}

function none(
  all: readonly Named[],
  word: string,
  { what, context, byId }: Search & { readonly byId: Named | undefined },
): CliError {
  const { region, db } = context.options
  const elsewhere = byId ?? all.find(({ name }) => name === word)
  const here = all.filter((each) => each.region === region).map(({ name }) => name)
  const close = nearest(word, here)
  let hint = ''
  if (elsewhere !== undefined) hint = `; there is one in ${elsewhere.region} (--region)`
  else if (close !== undefined) hint = `; did you mean "${close}"?`
  else if (all.length === 0) hint = `; there is none at all: "bakeline ${what} create -f FILE"`
  const message = `no ${what} "${word}" in ${region} of ${db}${hint}`
  return new CliError(exitCodes.notFound, 'NOT_FOUND', message, { [what]: word })
}

/** @throws CliError 4 when there is no such execution */
export async function findExecution(
  builder: ImageBuilder,
  id: string,
  { options }: Context,
): Promise<Run> {
  const run = await builder.engine.get(id)
  if (run) return run as Run
  const message = `no execution "${id}" in ${options.db}; "bakeline list" shows which there are`
  throw new CliError(exitCodes.notFound, 'NOT_FOUND', message, { execution: id })
}
