import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import type { ShippedScenario, ShippedScenarios } from '../server/service.js'

/** Beside the package's own file, from the sources and from what they are compiled to. */
const folder = ['../../scenarios/', '../../../scenarios/']
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(new URL('schema.json', url)))

let known: Promise<readonly ShippedScenario[]> | null = null

/** The scenarios that come with the package; read once. */
function list(): Promise<readonly ShippedScenario[]> {
  known ??= readAll()
  return known
}

/** The text of one of them; null for any other path. */
async function text(path: string): Promise<string | null> {
  const found = (await list()).find((each) => each.path === path)
  return found === undefined || folder === undefined ? null : textOf(found.path, folder)
}

async function readAll(): Promise<readonly ShippedScenario[]> {
  if (folder === undefined) return []
  const base = folder
  const files = await readdir(base, { recursive: true })
  const paths = files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
  return Promise.all(
    paths.map(async (path) => {
      const text = await textOf(path, base)
      const name = /^name: *(.+)$/m.exec(text)?.[1] ?? path
      return { path, name: name.replace(/^(['"])(.*)\1$/, '$2'), about: aboutOf(text) }
    }),
  )
}

function textOf(path: string, base: URL): Promise<string> {
  return readFile(new URL(path, base), 'utf8')
}

/** The head of the file says what it is about, folded over some lines. */
function aboutOf(text: string): string {
  const [, first = '', more = ''] = /^about: *(.*)\n((?: {2,}.*\n)*)/m.exec(text) ?? []
  const lines = [first.replace(/^>-?$/, ''), ...more.split('\n')]
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
}

/** The scenarios that come with the package. */
export const shippedScenarios: ShippedScenarios = { list, text }
