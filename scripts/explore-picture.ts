// Makes the picture of an exploration for docs/explore.md, in both colour schemes:
// npx tsx scripts/explore-picture.ts. Needs Chromium, the built page, and pngquant to make it small.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { executionMachine } from '../machines/execution.js'
import { machineJson } from '../src/engine/machine-json.js'
import { explore } from '../src/explore.js'
import { exportedPage } from '../src/page/export.js'
import { packageVersion } from '../src/version.js'

const exploration = await explore('scenarios/explore/every-outcome.yaml')
const html = await exportedPage({
  exploration,
  machine: machineJson(executionMachine),
  name: exploration.name,
  version: packageVersion(),
})
if (html === null) throw new Error('the page is not built: npm run build')
const folder = mkdtempSync(join(tmpdir(), 'bakeline-picture-'))
writeFileSync(join(folder, 'explored.html'), html)
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const files: string[] = []
for (const colours of ['light', 'dark'] as const) {
  const viewport = { width: 1180, height: 860 }
  const context = await browser.newContext({ viewport, colorScheme: colours })
  const page = await context.newPage()
  await page.goto(`file://${folder}/explored.html`)
  await page.locator('.coverage-state').first().waitFor()
  const path = `docs/page/explored-${colours}.png`
  await page.screenshot({ path })
  files.push(path)
}
await browser.close()
rmSync(folder, { recursive: true })
spawnSync('pngquant', ['--force', '--ext', '.png', '--speed', '1', '--', ...files], {
  stdio: 'inherit',
})
