// Compiles src/ and machines/ into dist/ and puts the SQL beside them, where the code looks for it.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, rmSync } from 'node:fs'

rmSync('dist', { recursive: true, force: true })
cpSync('db', 'dist/db', { recursive: true })
const { status } = spawnSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
if (status === 0) chmodSync('dist/src/cli/main.js', 0o755)
process.exitCode = status ?? 1
