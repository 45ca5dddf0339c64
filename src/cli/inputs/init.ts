import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { parseWorldPatch, WorldError } from '../../imagebuilder/world/parse.js'
import { scenarioError } from '../../simulate/scenario/messages.js'
import { positionOf } from '../../simulate/scenario/positions.js'
import { isMapping, readSource, type Source } from '../../simulate/scenario/source.js'
import { CliError, exitCodes, wrongInput } from '../exit-codes.js'
import { withPlace } from './documents.js'

type Plain = Readonly<Record<string, unknown>>

/** A file of the folder, with what it says. */
interface InitFile {
  readonly file: string
  readonly text: string
  readonly source: Source
}

const keys = ['world', 'components', 'templates'] as const

/**
 * Reads the YAML and JSON files of a folder, in order of their names: mappings with `world:` (changes
 * to it), `components:` and `templates:` (parameters by name), done in that order in each file.
 *
 * @returns what does it: every call leads to the same state, because what was made is found again
 * @throws CliError 2 for a folder that cannot be read; ScenarioError with line and column
 */
export async function readInit(
  folder: string,
  region: string,
): Promise<(builder: ImageBuilder) => Promise<void>> {
  const names = await readdir(folder).catch((error: Error) => {
    throw wrongInput(`${folder} cannot be read: ${error.message}`)
  })
  const found = names.filter((name) => /\.(ya?ml|json)$/.test(name)).sort()
  if (found.length === 0) throw wrongInput(`${folder} has no files that end in .yaml or .json`)
  const files = await Promise.all(found.map((name) => readFrom(join(folder, name))))
  return async (builder) => {
    for (const each of files) await perform(builder, each, region)
  }
}

async function readFrom(file: string): Promise<InitFile> {
  const text = await readFile(file, 'utf8')
  const source = readSource(text)
  if (!('document' in source)) throw scenarioError(file, text, source)
  const fail = (path: readonly string[], message: string): Error =>
    scenarioError(file, text, [{ ...positionOf(source, path, 'key'), message }])
  const says = `this must be a mapping with ${keys.join(', ')}`
  if (!isMapping(source)) throw fail([], says)
  for (const [key, value] of Object.entries(source.value as Plain)) {
    if (key === '$schema') continue
    if (!keys.some((known) => known === key)) throw fail([key], `"${key}" is unknown: ${says}`)
    if (!isPlain(value)) throw fail([key], `"${key}" must be a mapping`)
  }
  return { file, text, source }
}

async function perform(builder: ImageBuilder, init: InitFile, region: string): Promise<void> {
  const {
    world,
    components = {},
    templates = {},
  } = init.source.value as Readonly<Record<(typeof keys)[number], Plain | undefined>>
  if (world !== undefined) await editWorld(builder, init, world)
  await create(init, { key: 'components', named: components, region }, (parameters) =>
    builder.createComponent(parameters),
  )
  await create(init, { key: 'templates', named: templates, region }, (parameters) =>
    builder.createTemplate(parameters),
  )
}

async function editWorld(builder: ImageBuilder, init: InitFile, patch: Plain): Promise<void> {
  const { file, text, source } = init
  // Nothing can be removed twice: a file that was changed so already is left alone.
  const done = `init.${hashOf(patch)}`
  if ((await builder.engine.read((reader) => reader.setting(done))) !== undefined) return
  try {
    await builder.editWorld(parseWorldPatch(patch))
    await builder.engine.transact((tx) => tx.set(done, 'done'))
  } catch (error) {
    if (!(error instanceof WorldError)) throw error
    const place = positionOf(source, ['world', ...error.path], 'value')
    throw scenarioError(file, text, [{ ...place, message: error.message }])
  }
}

interface Creations {
  readonly key: string
  readonly named: Plain
  readonly region: string
}

async function create(
  { file, source }: InitFile,
  { key, named, region }: Creations,
  make: (parameters: Plain) => Promise<unknown>,
): Promise<void> {
  for (const [Name, given] of Object.entries(named)) {
    const place = (path: readonly (string | number)[]): string => {
      const { line, column } = positionOf(source, [key, Name, ...path], 'key')
      return `${file}:${line}:${column}`
    }
    if (!isPlain(given)) {
      const message = `${place([])}: "${Name}" must be a mapping of parameters`
      throw new CliError(exitCodes.wrongInput, 'INVALID_INPUT', message)
    }
    const parameters = { RegionId: region, Name, ...given }
    try {
      await make({ ClientToken: tokenOf(parameters), ...parameters })
    } catch (error) {
      throw withPlace(error, { parameters, place })
    }
  }
}

/** The same parameters have the same token, so that a file which has them already keeps the one. */
function tokenOf(parameters: Plain): string {
  return `init-${hashOf(parameters)}`
}

function hashOf(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 40)
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
