/** Writes scenarios/schema.json, the published JSON Schema of scenario files. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { scenarioJsonSchema } from '../src/simulate/scenario/json-schema.js'

const file = fileURLToPath(new URL('../scenarios/schema.json', import.meta.url))
writeFileSync(file, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`)
execFileSync('npx', ['biome', 'format', '--write', file], { stdio: 'inherit' })
