import { tryRefusals } from '../images/refusals/tried.js'
import { around } from './refusals.js'

for (const [name, table] of Object.entries(around)) tryRefusals(name, table)
