import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import type { ShippedFile, ShippedFiles } from '../server/service.js'

/** The scenarios that come with the package. */
export const shippedScenarios = filesIn('scenarios')

/** The fleets that come with the package. */
export const shippedFleets = filesIn('examples/fleets')

/** Files of a folder beside the package's own file, from the sources and from what they become. */
function filesIn(folder: string): ShippedFiles {
  const base = [`../../${folder}/`, `../../../${folder}/`]
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url))
  let known: Promise<readonly ShippedFile[]> | null = null
  const list = (): Promise<readonly ShippedFile[]> => {
    known ??= base === undefined ? Promise.resolve([]) : readAll(base)
    return known
  }
  const text = async (path: string): Promise<string | null> => {
    const found = (await list()).find((each) => each.path === path)
    return found === undefined || base === undefined ? null : textOf(found.path, base)
  }
  return { list, text }
}

async function readAll(base: URL): Promise<readonly ShippedFile[]> {
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
