// Becomes dist/src/cli/run.js: the command line out of its bundle. Most of what a short command takes
// is V8 reading and compiling code, so what it has compiled is kept beside the bundle, made when that
// was built (scripts/bundle.mjs). Another version of V8 refuses it and compiles anew, as without.
import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'

const file = fileURLToPath(new URL('bundle.cjs', import.meta.url))
const require = nodeModule.createRequire(file)

export const { runCli } = keepsCompiled() ? require(file) : evaluate(kept()).exports

/** Node keeps what V8 compiles by itself since 22.1. */
function keepsCompiled() {
  nodeModule.enableCompileCache?.()
  return nodeModule.enableCompileCache !== undefined
}

function kept() {
  try {
    return readFileSync(`${file}.compiled`)
  } catch {
    return undefined
  }
}

/** Runs the bundle as Node runs a CommonJS module. Its script tells V8's code when asked for it. */
export function evaluate(cachedData) {
  const parameters = 'exports, require, module, __filename, __dirname'
  const code = `(function (${parameters}) {${readFileSync(file, 'latin1')}\n})`
  const script = new vm.Script(code, { filename: file, cachedData })
  const module = { exports: {} }
  const run = script.runInThisContext()
  run(module.exports, require, module, file, dirname(file), (url) => import(url))
  return { script, exports: module.exports }
}
