import { createRequire } from 'node:module'

/** The version of this package, as its package.json has it. */
export function packageVersion(): string {
  // By its own name: the file is found from src/ and from dist/ alike.
  const { version } = createRequire(import.meta.url)('bakeline/package.json') as { version: string }
  return version
}
