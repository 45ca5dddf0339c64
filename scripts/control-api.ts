// Writes docs/control-api.md from the declarations of the endpoints; a test says when it is stale.
import { writeFileSync } from 'node:fs'
import { controlApiPage } from './control-api-page.js'

writeFileSync('docs/control-api.md', controlApiPage())
