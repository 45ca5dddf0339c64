import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'

/** Beside the package's own file, from the sources and from what they are compiled to. */
const folder = ['../../../scenarios/', '../../../../scenarios/']
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(new URL('schema.json', url)))

/** A scenario of the package. */
interface Shipped {
  /** Below `scenarios/`: `traps/second-start.yaml`. */
  readonly path: string
  readonly name: string
  readonly about: string
}

let known: Promise<readonly Shipped[]> | null = null

/** The scenarios that come with the package; read once. */
export function shippedScenarios(): Promise<readonly Shipped[]> {
  known ??= readAll()
  return known
}

/** The text of one of them; null for any other path. */
export async function shippedScenario(path: string): Promise<string | null> {
  const found = (await shippedScenarios()).find((each) => each.path === path)
  return found === undefined || folder === undefined ? null : textOf(found.path, folder)
}

async function readAll(): Promise<readonly Shipped[]> {
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
