// Bundles the command line, which tsc has put into dist/, into a few files: to read some hundred small
// ones takes longer than most commands do. What each command needs stays apart, to be loaded by it.
import { writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { build } from 'vite'

const from = 'dist/src/cli'
const to = join(from, 'chunks')

/** A module that asks where it is gets the place of its file in dist/, with what lies beside it. */
const places = {
  name: 'places',
  transform(code, id) {
    if (!code.includes('import.meta.url') || id.includes('node_modules')) return null
    const path = relative(to, id).replaceAll('\\', '/')
    return code.replaceAll('import.meta.url', `new URL('${path}', import.meta.url).href`)
  },
}

export async function bundle() {
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [places],
    // A machine of the user's has its own copy of xstate, which has to be ours; the other is a binary.
    ssr: { noExternal: true, external: ['xstate', 'better-sqlite3'] },
    build: {
      ssr: true,
      outDir: resolve(to),
      emptyOutDir: true,
      copyPublicDir: false,
      minify: false,
      target: 'node20',
      rollupOptions: {
        input: { run: resolve(from, 'run.js') },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  writeFileSync(join(from, 'run.js'), "export { runCli } from './chunks/run.js'\n")
}
