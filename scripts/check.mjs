// Everything that must hold before a change is taken, in one command. Every check runs, so that one
// visit shows all that is wrong.
import { spawnSync } from 'node:child_process'

const checks = [
  'check:format',
  'check:lint',
  'build',
  'check:types',
  'check:tests',
  'check:type-tests',
  'check:docs',
  'check:unused',
  'check:package',
  'check:package-types',
]

// The mutants are also type-checked, and replay every scenario that ships.
const env = { ...process.env, BAKELINE_MUTANTS: 'all' }

const failed = []
for (const check of checks) {
  const started = performance.now()
  console.log(`\n── ${check}`)
  const { status } = spawnSync('npm', ['run', '--silent', check], { stdio: 'inherit', env })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`── ${check} ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`)
  if (status !== 0) failed.push(check)
}
if (failed.length > 0) console.log(`\nfailed: ${failed.join(', ')}`)
console.log(`checks: ${checks.length - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0
