import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Why nothing can be measured on the page; null when it can. */
export function lacksChromium(): string | null {
  return places.some(existsSync) ? null : 'Chromium is not installed (apt-get install chromium)'
}

export function openChromium(): Promise<Browser> {
  const executablePath = places.find(existsSync) ?? ''
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
}

/** A window as most people have it, on an address of the page that has been drawn. */
export async function openPage(browser: Browser, address: string, shows: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto(address)
  await page.locator(shows).first().waitFor()
  return page
}

// What follows runs in the page, and goes there as text: this room has no document.

/** Notes how long each frame lasts, from one animation frame to the next, in milliseconds. */
export const watchFrames = `
  window.frames_ = []
  let before = performance.now()
  const look = (at) => { frames_.push(at - before); before = at; requestAnimationFrame(look) }
  requestAnimationFrame(look)`

export const framesSeen = 'frames_'

/** Asks for the step before the shown one, and says how long until it is seen, in milliseconds. */
const stepBack = `(async () => {
  const channel = new MessageChannel()
  const shown = () => document.querySelector('[role=slider]').getAttribute('aria-valuenow')
  const [before, begun] = [shown(), performance.now()]
  const key = { key: 'ArrowLeft', bubbles: true, cancelable: true }
  document.body.dispatchEvent(new KeyboardEvent('keydown', key))
  const painted = new Promise((resolve) => {
    channel.port1.onmessage = () => resolve(performance.now())
  })
  // Behind the callback that draws the page, which was asked for just now.
  requestAnimationFrame(() => channel.port2.postMessage(null))
  const end = await painted
  if (shown() === before) throw new Error('the step did not change')
  return end - begun
})()`

/** What a step of the scrubber asks: processor time of the page's main thread, and of the person. */
export interface Swap {
  readonly work: number
  readonly felt: number
}

/** Walks back through a history and times every step, in milliseconds. */
export async function scrub(page: Page, times: number): Promise<readonly Swap[]> {
  const busy = await busyTime(page)
  const swaps: Swap[] = []
  for (let n = 0; n < times; n++) {
    const before = await busy()
    const felt = await page.evaluate<number>(stepBack)
    swaps.push({ felt, work: (await busy()) - before })
  }
  return swaps
}

/** A meter of the processor time that the page's main thread has taken, in milliseconds. */
export async function busyTime(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
  }
}
