import { readdirSync, writeFileSync } from 'node:fs'
import { explore } from '../../src/explore.js'
import { play } from '../../src/replay.js'

/**
 * Explores a scenario with the code that lies around this file, and replays what it finds. Prints one
 * line of JSON. `all` as the second argument replays every scenario that ships first.
 */
const [scenario = '', what = ''] = process.argv.slice(2)

const red: string[] = []
if (what === 'all') {
  const files = readdirSync('scenarios', { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => name.endsWith('.yaml'))) {
    if (!(await play(`scenarios/${file}`)).ok) red.push(file)
  }
}

const { violations, states } = await explore(scenario, {
  threads: 1,
  bounds: { faults: 3, starts: 1, cancels: 1 },
})
const [first] = violations
let failures: readonly string[] = []
if (first !== undefined) {
  writeFileSync('found.yaml', first.scenario)
  const { beats } = await play('found.yaml')
  failures = beats.flatMap((beat) => beat.failures)
}
process.stdout.write(`${JSON.stringify({ red, states, violations, failures })}\n`)
