// Compiles src/ and machines/ into dist/, puts the SQL beside them, where the code looks for it, bundles
// the command line, and builds the page from web/ into dist/web/. `build.mjs bench` compiles bench/ too.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, rmSync } from 'node:fs'
import { build } from 'vite'
import { bundle } from './bundle.mjs'

const project = process.argv[2] ?? 'tsconfig.build.json'
rmSync('dist', { recursive: true, force: true })
cpSync('db', 'dist/db', { recursive: true })
const { status } = spawnSync('node_modules/.bin/tsc', ['-p', project], {
  stdio: 'inherit',
})
if (status === 0) chmodSync('dist/src/cli/main.js', 0o755)
if (status === 0) await bundle()
const config = 'web/vite.config.ts'
for (const mode of ['layout', 'page', 'export']) {
  const define = mode === 'page' && status === 0 ? { BUILT_ANSWERS: await builtAnswers() } : {}
  await build({ configFile: config, mode, define, logLevel: 'warn' })
}
// Both are in the page; their licences go with them.
for (const name of ['elkjs/LICENSE.md', 'preact/LICENSE']) {
  cpSync(`node_modules/${name}`, `dist/web/licences/${name}`)
}
process.exitCode = status ?? 1

/** What the layout engine answers about the machine of executions: no browser has to ask it for that. */
async function builtAnswers() {
  const { answersTo } = await import('../dist/web/layout.js')
  const { executionDefinition } = await import('../dist/src/imagebuilder/definition.js')
  const { machineJson } = await import('../dist/src/engine/machine-json.js')
  const answers = await answersTo(machineJson(executionDefinition.machine))
  return JSON.stringify(JSON.stringify(answers))
}
