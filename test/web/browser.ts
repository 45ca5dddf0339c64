import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/create.js'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = places.find((path) => existsSync(path))

if (executablePath === undefined && process.env['CI'] !== undefined) {
  throw new Error(`the page is tested in Chromium, which is in none of ${places.join(', ')}`)
}

/** Tests in a browser; on a machine without one their name says why they do not run. */
export function inChromium(name: string, tests: () => void): void {
  if (executablePath !== undefined) describe(name, tests)
  else describe.skip(`${name} (skipped: apt-get install chromium runs these)`, tests)
}

export interface Look {
  readonly width?: number
  readonly height?: number
  readonly colours?: 'light' | 'dark'
}

/** A page that a person sits at, and what went wrong on it. */
export class Desk {
  readonly page: Page
  readonly url: string
  readonly troubles: string[]

  constructor(page: Page, url: string, troubles: string[]) {
    this.page = page
    this.url = url
    this.troubles = troubles
  }

  /** Opens an address of the page: `#/executions`. */
  async open(hash = ''): Promise<void> {
    await this.page.goto(`${this.url}/${hash}`)
    await this.page.getByRole('navigation', { name: 'Views' }).waitFor()
  }

  /** What axe-core finds that keeps somebody out. */
  async barriers(): Promise<readonly string[]> {
    // The policy of the page lets no script in; the browser's own door does not ask it.
    if (!(await this.page.evaluate<boolean>("'axe' in globalThis"))) {
      await this.page.evaluate(axeSource)
    }
    const found = await this.page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: {
          run: (options: object) => Promise<{
            violations: {
              id: string
              impact: string
              nodes: { html: string; failureSummary?: string }[]
            }[]
          }>
        }
      }
      return (await axe.run({ resultTypes: ['violations'] })).violations
    })
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html }) => html.slice(0, 140))
            .slice(0, 3)
            .join(' ')}`,
      )
  }
}

const axeSource = await (async () => {
  const { readFile } = await import('node:fs/promises')
  return readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
})()

let browser: Browser | undefined
const contexts: BrowserContext[] = []
const emulators: Emulator[] = []
const desks: Desk[] = []

/** One browser for the tests of a file; after each, nothing may have gone wrong in it. */
export function withBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    })
  })
  afterEach(async () => {
    const troubles = desks.splice(0).flatMap((desk) => desk.troubles)
    for (const context of contexts.splice(0)) await context.close()
    for (const emulator of emulators.splice(0)) await emulator.close()
    expect(troubles).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
  })
}

/** An emulator with a clock that stands still, closed after the test. */
export async function emulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const made = await createEmulator({
    clock: 'virtual@2026-03-14T09:24:00Z',
    seed: 7,
    log: () => undefined,
    ...options,
  })
  emulators.push(made)
  return made
}

/** A page of its own, with the network shut but for the one server. */
export async function desk(
  url: string,
  { width = 1440, height = 900, colours = 'light' }: Look = {},
): Promise<Desk> {
  if (browser === undefined) throw new Error('withBrowser() belongs before the tests')
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: colours,
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Shanghai',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  contexts.push(context)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const troubles: string[] = []
  const made = new Desk(page, url, troubles)
  desks.push(made)
  const { host } = new URL(url)
  await page.route('**/*', (route) => {
    const asked = new URL(route.request().url())
    // A file from disk has no host, and may ask for nothing but itself.
    if (asked.host === host || asked.protocol === 'blob:') return route.continue()
    troubles.push(`asked ${asked.href}`)
    return route.abort()
  })
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.text())) troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(String(error.stack)))
  return made
}

/** A refusal that a test asks for, and a server that it takes away, are told by the browser itself. */
function isExpected(text: string): boolean {
  return /^Failed to load resource: (?:the server responded with a status of 4|net::ERR_)/.test(
    text,
  )
}

/** What is to come true on the page, however busy the machine is. */
export const soon: typeof expect.poll = (look) =>
  expect.poll(look, { timeout: 20_000, interval: 40 })

const baseImage = 'aliyun_3_x64_20G_alibase_20240819.vhd'

/** A template and its id. */
export async function template(to: Emulator, name: string, more: object = {}): Promise<string> {
  const { ImagePipelineId } = await to.imageBuilder.createTemplate({
    Name: name,
    RegionId: 'cn-hangzhou',
    BaseImageType: 'IMAGE',
    BaseImage: baseImage,
    ...more,
  })
  return ImagePipelineId
}

export async function start(to: Emulator, ImagePipelineId: string): Promise<string> {
  const { ExecutionId } = await to.imageBuilder.startExecution({
    ImagePipelineId,
    RegionId: 'cn-hangzhou',
  })
  return ExecutionId
}

/** The page of an execution that went through every stage and has ended. */
export async function endedRun(): Promise<Page> {
  const served = await emulator()
  const web = { ToRegionId: ['cn-beijing'], TestContent: 'RUN true', RepairMode: 'Standard' }
  const id = await start(served, await template(served, 'web', web))
  await served.clock.advance('1h')
  const at = await desk(served.url)
  await at.open(`#/executions/${id}`)
  const { page } = at
  await page.locator('.state.current[data-state="execution.done"]').waitFor()
  return page
}
