import { join } from 'node:path'

/**
 * A file of the project, as it was compiled for the tests ({@link file://./compile.ts}).
 *
 * @param path from the top of the project, without the end of its name: `test/store/opener`
 */
export function compiled(path: string): string {
  const folder = process.env['BAKELINE_COMPILED']
  if (folder === undefined) throw new Error('vitest.config.ts names no test/helpers/compile.ts')
  return join(folder, `${path}.js`)
}
