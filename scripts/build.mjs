// Compiles src/ and machines/ into dist/ and puts the SQL beside them, where the code looks for it.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, rmSync } from 'node:fs'

rmSync('dist', { recursive: true, force: true })
execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
cpSync('db', 'dist/db', { recursive: true })
chmodSync('dist/src/cli/main.js', 0o755)
