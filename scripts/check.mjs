// Everything that must hold before a change is taken, in one command. Stops at nothing: every check
// runs, so that one visit shows all that is wrong.
import { spawnSync } from 'node:child_process'

const checks = [
  ['format', 'biome format .'],
  ['lint', 'oxlint --deny-warnings'],
  ['build', 'node scripts/build.mjs'],
  ['types', 'tsc -p . --noEmit'],
  ['tests', 'vitest run --coverage'],
  ['type tests', 'vitest run --typecheck.only'],
  ['docs examples', 'tsx scripts/docs-examples.ts'],
  ['dead code', 'knip'],
  ['package', 'publint'],
  ['package types', 'attw --profile esm-only --pack .'],
]

const failed = []
for (const [name, command] of checks) {
  const started = performance.now()
  console.log(`\n── ${name}: ${command}`)
  const { status } = spawnSync(command, {
    shell: true,
    stdio: 'inherit',
    env: { ...process.env, PATH: `node_modules/.bin:${process.env.PATH}` },
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`── ${name} ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`)
  if (status !== 0) failed.push(name)
}
if (failed.length > 0) console.log(`\nfailed: ${failed.join(', ')}`)
console.log(`checks: ${checks.length - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0
