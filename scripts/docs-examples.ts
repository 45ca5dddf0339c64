// Compiles every TypeScript example of README.md and docs/, so that none can go stale. Each block is
// a module of its own that imports `bakeline` as a stranger would.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

const folder = resolve('node_modules/.cache/docs-examples')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

let count = 0
for (const page of ['README.md', ...pages('docs')]) {
  const text = readFileSync(page, 'utf8')
  for (const [, code] of text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)) {
    count++
    const name = `${basename(page, '.md')}-${count}.ts`
    writeFileSync(join(folder, name), `${code}\nexport {}\n`)
  }
}

const config = {
  extends: resolve('tsconfig.json'),
  compilerOptions: {
    noEmit: true,
    noUnusedLocals: false,
    rootDir: '/',
    types: ['node'],
    typeRoots: [resolve('node_modules/@types')],
    paths: {
      bakeline: [resolve('src/index.ts')],
      'bakeline/testing': [resolve('src/testing/index.ts')],
      'bakeline/testing/arbitraries': [resolve('src/testing/arbitraries/index.ts')],
    },
  },
  include: [`${folder}/*.ts`],
}
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
execFileSync('node_modules/.bin/tsc', ['-p', folder], { stdio: 'inherit' })
console.log(`${count} examples compile`)

function pages(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)
    .sort()
}
