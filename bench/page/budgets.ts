import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { machineJson } from '../../src/engine/machine-json.js'
import { stepsOf } from '../../src/imagebuilder/steps.js'
import { exportedPage } from '../../src/page/export.js'
import { median, percentile } from '../rounds.js'
import { framesSeen, scrub, watchFrames } from './chromium.js'
import { ticked, ticker } from './ticker.js'

/** What the browser asks for before it shows the list, compressed, in kilobytes. */
export interface FirstLoad {
  readonly all: number
  readonly style: number
}

export async function firstLoad(browser: Browser, url: string): Promise<FirstLoad> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const sizes: Promise<readonly [path: string, size: number]>[] = []
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname !== '/' && !pathname.startsWith('/_bakeline/ui/')) return
    sizes.push(response.body().then((body) => [pathname, gzipSync(body).length / 1_000]))
  })
  await page.goto(url)
  await page.locator('.line').first().waitFor()
  const all = await Promise.all(sizes)
  await context.close()
  const sum = (of: typeof all): number => of.reduce((total, [, size]) => total + size, 0)
  return { all: sum(all), style: sum(all.filter(([path]) => path.endsWith('.css'))) }
}

/** How long the first chart of a page waited for its layout, in milliseconds. */
export async function layoutTime(page: Page): Promise<number> {
  const [time = Number.NaN] = await page.evaluate<number[]>(
    "performance.getEntriesByName('layout').map(({ duration }) => duration)",
  )
  return time
}

/** The same of the machine of executions under a name that neither the page nor the browser knows. */
export async function otherLayoutTime(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.route('**/_bakeline/machines/*', async (route) => {
    const machine = await (await route.fetch()).text()
    const body = machine.replaceAll('execution', 'other')
    await route.fulfill({ contentType: 'application/json', body })
  })
  await page.goto(address)
  await page.locator('.state').first().waitFor()
  const time = await layoutTime(page)
  await context.close()
  return time
}

/** What scrolling through ten thousand rows costs. */
export interface Scrolled {
  /** How long frames last, p95, in milliseconds. */
  readonly frame: number
  /** Rows in the document at once, at most. */
  readonly rows: number
}

const listLength = 10_000

/** @param frames how many are scrolled by two rows each */
export async function scrollList(browser: Browser, url: string, frames: number): Promise<Scrolled> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  // One execution, told ten thousand times: what is measured is the page.
  await page.route('**/_bakeline/overview*', async (route) => {
    const body = (await (await route.fetch()).json()) as { rows: object[] }
    const [row] = body.rows
    const rows = Array.from({ length: listLength }, (_, n) => ({ ...row, n, id: `exec-${n}` }))
    await route.fulfill({ json: { ...body, rows, total: listLength, next: null } })
  })
  await page.goto(`${url}/#/executions`)
  await page.locator('.line').first().waitFor()
  await page.evaluate(watchFrames)
  const rows = await page.evaluate<number>(`(async () => {
    const [body, lines] = [document.querySelector('.table-body'), document.getElementsByClassName('line')]
    let most = 0
    for (let n = 0; n < ${frames}; n++) {
      body.scrollTop += 68
      await new Promise((resolve) => requestAnimationFrame(resolve))
      most = Math.max(most, lines.length)
    }
    return most
  })()`)
  const seen = await page.evaluate<number[]>(framesSeen)
  await context.close()
  return { frame: percentile(seen, 95), rows }
}

/**
 * What the chart adds to a step of the slider: steps with it against steps without, in turn, medians
 * of the main thread's processor time in milliseconds.
 */
export async function chartTime(page: Page, blocks: number): Promise<number> {
  const [shown, hidden]: number[][] = [[], []]
  for (let block = 0; block < blocks; block++) {
    for (const [display, into] of [
      ['', shown],
      ['none', hidden],
    ] as const) {
      await page.evaluate(`document.querySelector('.chart').style.display = '${display}'`)
      await scrub(page, 2)
      into?.push(...(await scrub(page, 8)).map(({ work }) => work))
    }
  }
  return Math.max(0, median(shown ?? []) - median(hidden ?? []))
}

/** A file of a thousand steps, in kilobytes. */
export async function exportedSize(): Promise<number> {
  const { engine, id } = await ticked(1_000)
  try {
    const data = await stepsOf(engine, id)
    const machine = machineJson(ticker)
    const html = await exportedPage({ data, machine, now: 0, name: id, version: '0' })
    if (html === null) throw new Error('the page is not built: npm run build')
    return Buffer.byteLength(html) / 1_000
  } finally {
    await engine.close()
  }
}
