// Writes docs/coverage.md, and the last table of docs/fidelity.md, from the declarations of the
// operations; a test says when they are stale.
import { readFileSync, writeFileSync } from 'node:fs'
import { coveragePage, withCodesOfNobody } from './coverage-page.js'

writeFileSync('docs/coverage.md', coveragePage())
const fidelity = 'docs/fidelity.md'
writeFileSync(fidelity, withCodesOfNobody(readFileSync(fidelity, 'utf8')))
