// Makes the pictures of the page for README and docs, in both colour schemes, from one emulator whose
// clock stands still: npx tsx scripts/screenshots.ts. Needs Chromium, the built page, and pngquant to
// make them small.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { chromium, type Page } from 'playwright-core'
import { createEmulator, type Emulator } from '../src/emulator/create.js'

const folder = 'docs/page'
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const regions = [
  'cn-beijing',
  'cn-shanghai',
  'cn-shenzhen',
  'cn-hongkong',
  'ap-southeast-1',
  'ap-northeast-1',
  'eu-central-1',
  'us-east-1',
]
const throttled = { code: 'Throttling', message: 'Request was denied due to request throttling.' }
const plan = [
  { task: 'prepareInstance', duration: '114s' },
  { task: 'repairImage', duration: '106s' },
  { task: 'buildImage', duration: '7m12s' },
  { task: 'testImage', duration: '99s' },
  { task: 'copyImage', duration: '4m' },
  { task: 'copyImage', region: 'cn-beijing', duration: '2m9s' },
  { task: 'copyImage', region: 'cn-shanghai', duration: '101s' },
  { task: 'copyImage', region: 'ap-northeast-1', duration: '6m' },
  { task: 'copyImage', region: 'us-east-1', attempt: 1, duration: '4m30s', fail: throttled },
  { task: 'copyImage', region: 'eu-central-1', attempt: 1, duration: '100s', fail: throttled },
  { task: 'copyImage', region: 'cn-hongkong', template: 'edge-cache', fail: throttled },
  {
    task: 'testImage',
    template: 'ack-node-arm64',
    fail: { code: 'TestFailed', message: 'exit code 1' },
  },
  {
    task: 'buildImage',
    template: 'oss-import-rhel9',
    fail: { code: 'BuildFailed', message: 'exit code 1' },
  },
] as const

/** Its regions, and whether it is tested and repaired. */
const templates: Readonly<
  Record<string, readonly [copies: number, tests: boolean, repairs: boolean]>
> = {
  'web-golden': [8, true, true],
  'gpu-driver-535': [2, false, false],
  'ack-node-arm64': [3, true, false],
  'win2022-base': [0, false, true],
  'edge-cache': [4, false, false],
  'web-golden-next': [3, true, false],
  'oss-import-rhel9': [1, false, false],
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const emulator = await createEmulator({
    clock: 'virtual@2026-03-14T04:10:00Z',
    seed: 7,
    plan,
    log: () => undefined,
  })
  const shown = await filled(emulator)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  for (const colours of ['light', 'dark'] as const) {
    const shoot = async (
      name: string,
      hash: string,
      act?: (page: Page) => Promise<unknown>,
      phone = false,
    ) => {
      const context = await browser.newContext({
        viewport: phone ? { width: 390, height: 800 } : { width: 1360, height: 850 },
        colorScheme: colours,
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      page.setDefaultTimeout(120_000)
      await page.goto(`${emulator.url}/${hash}`)
      await page.locator('#view > *').nth(0).waitFor()
      if (hash === '' || hash.startsWith('#/executions')) {
        await page.locator('.line, .state, .card').first().waitFor()
      }
      await act?.(page)
      await page.evaluate('document.fonts.ready')
      await page.screenshot({ path: `${folder}/${name}-${colours}.png` })
      await context.close()
    }
    await shoot('executions', '', (page) => page.locator('.start-form button[type=submit]').click())
    await shoot('execution', `#/executions/${shown}`)
    await shoot('scrubbed', `#/executions/${shown}?step=5`)
    await shoot('clock', '', async (page) => {
      await page.keyboard.press('T')
      await page.locator('.clock-panel').getByText('Progression').waitFor()
    })
    await shoot('phone', `#/executions/${shown}`, undefined, true)
    await shoot('run', '#/scenarios?file=failures/one-region-fails.yaml', async (page) => {
      await typed(page, 'Scenario')
      await page.keyboard.press('r')
      await page.locator('.state.current').first().waitFor()
      await page.getByRole('button', { name: /attempt 2 failed/ }).click()
    })
    await shoot('coverage', '#/scenarios?file=basics/plain.yaml', async (page) => {
      await typed(page, 'Scenario')
      await page.keyboard.press('x')
      await page.locator('.coverage-state').first().waitFor()
    })
    await shoot('fleet', '#/fleet?file=nightly.yaml', async (page) => {
      await typed(page, 'Fleet')
      await page.keyboard.press('r')
      await page.locator('.fleet-panel.lead svg').waitFor()
    })
    await shoot('pollers', '#/pollers', async (page) => {
      await page.getByRole('button', { name: /while not SUCCESS, PARTITION_SUCCESS/ }).click()
    })
  }
  await browser.close()
  // A page has few colours; with a palette of them a picture is a third as large.
  const names = 'executions execution scrubbed clock phone run coverage fleet pollers'.split(' ')
  const files = names.flatMap((name) => [
    `${folder}/${name}-light.png`,
    `${folder}/${name}-dark.png`,
  ])
  spawnSync('pngquant', ['--force', '--ext', '.png', '--speed', '1', '--', ...files], {
    stdio: 'inherit',
  })
  await emulator.close()
}

/** Waits for the text of a file, and leaves it, so that single letters are no part of it. */
async function typed(page: Page, name: string): Promise<void> {
  await page.locator('.editor-gutter > div').nth(3).waitFor()
  await page.getByRole('textbox', { name }).waitFor()
}

/** A morning's executions, the last of each template under way; the one to look at closely. */
async function filled({ imageBuilder, clock }: Emulator): Promise<string> {
  const ids = new Map<string, string>()
  for (const [Name, [copies, tests, repairs]] of Object.entries(templates)) {
    const { ImagePipelineId } = await imageBuilder.createTemplate({
      Name,
      RegionId: 'cn-hangzhou',
      BaseImageType: 'IMAGE',
      BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
      ToRegionId: regions.slice(0, copies),
      ...(tests ? { TestContent: 'RUN true' } : {}),
      ...(repairs ? { RepairMode: 'Standard' } : {}),
      ...(Name === 'web-golden' ? { AddAccount: ['1203948579120394', '1203948570193847'] } : {}),
    })
    ids.set(Name, ImagePipelineId)
  }
  const start = async (name: string): Promise<string> => {
    const ImagePipelineId = ids.get(name) ?? ''
    const started = await imageBuilder.startExecution({ ImagePipelineId, RegionId: 'cn-hangzhou' })
    return started.ExecutionId
  }
  const names = [...ids.keys()]
  for (let round = 0; round < 21; round++) {
    const id = await start(names[(round * 4) % names.length] ?? '')
    await clock.advance('3m')
    if (round % 8 === 5)
      await imageBuilder.cancelExecution({ ExecutionId: id, RegionId: 'cn-hangzhou' })
    await clock.advance('11m')
  }
  await clock.advance('20m')
  const shown = await start('web-golden')
  for (const [name, wait] of [
    ['edge-cache', '4m'],
    ['ack-node-arm64', '8m40s'],
    ['gpu-driver-535', '3m'],
    ['win2022-base', '49s'],
  ] as const) {
    await start(name)
    await clock.advance(wait)
  }
  await clock.advance('46s')
  return shown
}

await main()
