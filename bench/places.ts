import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(createRequire(import.meta.url).resolve('bakeline/package.json'))

/** A file of the repository, wherever the code that asks was compiled to: `bench/http/start.lua`. */
export function inRepository(path: string): string {
  return join(root, path)
}

/**
 * How Node is told to run a program of `bench/`: compiled or not, as this very file is, or from where
 * the tests have compiled it.
 *
 * @param name relative to `bench/`, without the end of its name: `http/bare`
 */
export function programOf(name: string): readonly string[] {
  const compiled = process.env['BAKELINE_COMPILED']
  if (compiled !== undefined) return [join(compiled, 'bench', `${name}.js`)]
  const end = extname(fileURLToPath(import.meta.url))
  const path = fileURLToPath(new URL(`${name}${end}`, import.meta.url))
  return end === '.ts' ? ['--import', 'tsx', path] : [path]
}
