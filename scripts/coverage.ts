// Writes docs/coverage.md from the declarations of the operations; a test says when it is stale.
import { writeFileSync } from 'node:fs'
import { coveragePage } from './coverage-page.js'

writeFileSync('docs/coverage.md', coveragePage())
