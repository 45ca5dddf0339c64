import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** A file of the page, as it is sent. */
export interface PageFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly type: string
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
  md: 'text/plain; charset=utf-8',
}

/** Beside the compiled code, or where the sources' build has put it. */
const folders = ['../../web/', '../../dist/web/'].map((path) => new URL(path, import.meta.url))

const kept = new Map<string, Promise<PageFile | null>>()

/**
 * A file of the built page, by its name; null when there is none. Files are read when they are first
 * asked for: who only speaks to the service never pays for the page.
 */
export function pageFile(name: string): Promise<PageFile | null> {
  const known = kept.get(name)
  if (known !== undefined) return known
  const file = read(name)
  // What is not there today may be built tomorrow, and names from outside are not kept.
  void file.then((found) => found !== null && kept.set(name, file))
  return file
}

/** Where the built page is, or null when nobody has built it. */
export function pageFolder(): string | null {
  const found = folders.find((folder) => existsSync(new URL('built.json', folder)))
  return found === undefined ? null : fileURLToPath(found)
}

async function read(name: string): Promise<PageFile | null> {
  // Plain names only: nothing from outside leads out of the folder.
  const extension = /^[\w-][\w.-]*\.(\w+)$/.exec(name)?.[1]
  const type = types[extension ?? '']
  const folder = pageFolder()
  if (type === undefined || folder === null) return null
  const body = await readFile(`${folder}/${name}`).catch(() => null)
  return body === null ? null : { body: new Uint8Array(body), type }
}
