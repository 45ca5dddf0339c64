import { changing } from './refusals/changing.js'
import { describing } from './refusals/describing.js'
import { making } from './refusals/making.js'
import { tryRefusals } from './refusals/tried.js'

for (const [name, table] of Object.entries({ ...describing, ...making, ...changing })) {
  tryRefusals(name, table)
}
