/** Writes scenarios/fleet-schema.json, the published JSON Schema of fleet files. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fleetJsonSchema } from '../src/simulate/fleet/schema.js'

const file = fileURLToPath(new URL('../scenarios/fleet-schema.json', import.meta.url))
writeFileSync(file, `${JSON.stringify(fleetJsonSchema(), null, 2)}\n`)
execFileSync('npx', ['biome', 'format', '--write', file], { stdio: 'inherit' })
