// Bundles the command line, which tsc has put into dist/, into one file, and keeps what V8 compiles of
// it: to read some hundred small files and compile them takes longer than most commands do.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { build } from 'vite'

const from = 'dist/src/cli'
const file = join(from, 'bundle.cjs')

/** A module that asks where it is gets the place of its file in dist/, with what lies beside it. */
const places = {
  name: 'places',
  transform(code, id) {
    if (id.includes('node_modules')) return null
    const path = relative(from, id).replaceAll('\\', '/')
    const here = `new URL('${path}', require('node:url').pathToFileURL(__filename)).href`
    return code
      .replaceAll('import.meta.url', here)
      .replaceAll('import(pathToFileURL(', 'importModule(pathToFileURL(')
  },
}

/** Code that V8 has kept cannot import(): who runs the bundle may hand in what does, as a sixth argument. */
const banner = 'var importModule = arguments[5] ?? ((url) => import(url));'

export async function bundle() {
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [places],
    // A machine of the user's has its own copy of xstate, which has to be ours; the other is a binary.
    ssr: { noExternal: true, external: ['xstate', 'better-sqlite3'] },
    build: {
      ssr: resolve(from, 'run.js'),
      outDir: resolve(from),
      emptyOutDir: false,
      copyPublicDir: false,
      minify: false,
      target: 'node20',
      rollupOptions: {
        output: { banner, format: 'cjs', entryFileNames: 'bundle.cjs', codeSplitting: false },
      },
    },
  })
  writeFileSync(file, ascii(readFileSync(file, 'utf8')))
  copyFileSync('scripts/bundled-run.mjs', join(from, 'run.js'))
  await keepCompiled()
}

/** A text of one byte a character is read several times as fast. */
function ascii(code) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return code.replace(/[^\0-\x7f]/g, escaped)
}

/** Runs what most people run first, so that V8 has compiled what it needs, and keeps that. */
async function keepCompiled() {
  const { evaluate } = await import(resolve(from, 'run.js'))
  const { script, exports } = evaluate()
  const silent = { write: () => {}, isTTY: false, columns: 80, rows: 24 }
  const run = (args, signal) =>
    exports.runCli(args, { stdout: silent, stderr: silent, stdin: async () => '', env: {}, signal })
  await run(['replay', 'scenarios/lifecycle.yaml'], new AbortController().signal)
  await run(['serve', '--port', '0', '--db', ':memory:'], AbortSignal.timeout(500))
  writeFileSync(`${file}.compiled`, script.createCachedData())
}
