// Compiles src/ and machines/ into dist/, puts the SQL beside them, where the code looks for it, and
// builds the page from web/ into dist/web/.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, rmSync } from 'node:fs'
import { build } from 'vite'
import { bundle } from './bundle.mjs'

rmSync('dist', { recursive: true, force: true })
cpSync('db', 'dist/db', { recursive: true })
const { status } = spawnSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
if (status === 0) chmodSync('dist/src/cli/main.js', 0o755)
if (status === 0) await bundle()
const config = 'web/vite.config.ts'
for (const mode of ['page', 'export', 'layout']) {
  await build({ configFile: config, mode, logLevel: 'warn' })
}
// Both are in the page; their licences go with them.
for (const name of ['elkjs/LICENSE.md', 'preact/LICENSE']) {
  cpSync(`node_modules/${name}`, `dist/web/licences/${name}`)
}
process.exitCode = status ?? 1
