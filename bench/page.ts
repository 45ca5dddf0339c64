import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { serving } from './child.js'
import { alone, type Effort, type MeasureRows, sized } from './module.js'
import {
  chartTime,
  exportedSize,
  type FirstLoad,
  firstLoad,
  layoutTime,
  otherLayoutTime,
  type Scrolled,
  scrollList,
} from './page/budgets.js'
import {
  busyTime,
  framesSeen,
  lacksChromium,
  openChromium,
  openPage,
  scrub,
  type Swap,
  watchFrames,
} from './page/chromium.js'
import { median, percentile } from './rounds.js'
import { missing, type Row, row } from './rows.js'

/** What 200 records a second do to an open view. */
interface Stormed {
  /** How long frames last, p95, in milliseconds. */
  readonly frame: number
  /** Records that were made and are not in the model. */
  readonly dropped: number
  readonly records: number
  /** The share of the time in which the page's main thread had the processor. */
  readonly busy: number
}

interface Scrubbed {
  /** Processor time that a step asks of the page's main thread, p95, in milliseconds. */
  readonly work: number
  /** From the key until the other step is seen, by the wall. */
  readonly felt: number
  readonly steps: number
}

interface Round {
  readonly list: Stormed
  readonly execution: Stormed
  readonly wide: Scrubbed
  readonly long: Scrubbed
  readonly rest: Rest
}

/** What the page keeps to beside its speed under way. */
interface Rest {
  readonly load: FirstLoad
  readonly layout: number
  /** Of a machine that neither the page nor the browser knows. */
  readonly layoutOther: number
  readonly scroll: Scrolled
  readonly chart: number
  readonly file: number
}

const names = [
  'page/list',
  'page/execution',
  'page/dropped',
  'page/scrub',
  'page/scrub-long',
  'page/chart',
  'page/layout',
  'page/layout-other',
  'page/scroll',
  'page/rows',
  'page/first-load',
  'page/first-style',
  'page/export',
] as const

/** The page in Chromium: live at 200 records a second, and scrubbed through a long history. */
export const measureRows: MeasureRows = async (effort) => {
  const lack = lacksChromium()
  if (lack !== null) return names.map((name) => missing(name, lack))
  const browser = await openChromium()
  try {
    const rounds: Round[] = []
    for (let round = 0; round < effort.rounds; round++) {
      rounds.push({
        list: await stormed(browser, 'storm', effort),
        execution: await stormed(browser, 'ticks', effort),
        long: await served('ticks', (url) => scrubbed(browser, url, effort)),
        ...(await served('wide', async (url) => ({
          wide: await scrubbed(browser, url, effort),
          rest: await others(browser, url, effort),
        }))),
      })
      effort.say(`page: round ${round + 1} ${JSON.stringify(rounds.at(-1))}`)
    }
    return rowsOf(rounds)
  } finally {
    await browser.close()
  }
}

async function stormed(browser: Browser, what: string, effort: Effort): Promise<Stormed> {
  const seconds = sized(effort, { smoke: 1, quick: 4, full: 15 })
  const server = await serving('page/server', [what, String(seconds)])
  try {
    const first = await overview(server.url)
    const [id = ''] = first.rows.map((each) => each.id)
    const address = what === 'ticks' ? `executions/${id}` : 'executions'
    const shows = what === 'ticks' ? '.state' : '.line'
    const page = await openPage(browser, `${server.url}/#/${address}`, shows)
    const taskTime = await busyTime(page)
    const before = await taskTime()
    await page.evaluate(watchFrames)
    server.signal('SIGUSR2')
    await wait(seconds * 1_000)
    const frames = await page.evaluate<number[]>(framesSeen)
    const busy = ((await taskTime()) - before) / (seconds * 1_000)
    const last = await settled(server.url)
    // The title says how many records the model took since the page was opened.
    const live = page.locator('.live')
    await live.getByText(`#${last}`).waitFor()
    const taken = Number(/(\d+) taken/.exec((await live.getAttribute('title')) ?? '')?.[1])
    await page.context().close()
    const records = last - first.newest
    return { frame: percentile(frames, 95), dropped: records - taken, records, busy }
  } finally {
    await server.end()
  }
}

interface Overview {
  readonly newest: number
  readonly rows: readonly { readonly id: string }[]
}

async function overview(url: string): Promise<Overview> {
  return (await fetch(`${url}/_bakeline/overview?limit=1`)).json() as Promise<Overview>
}

/** The number of the newest record, once no more come. */
async function settled(url: string): Promise<number> {
  for (let before = -1; ; ) {
    const { newest } = await overview(url)
    if (newest === before) return newest
    before = newest
    await wait(300)
  }
}

async function served<T>(what: string, look: (url: string) => Promise<T>): Promise<T> {
  const server = await serving('page/server', [what])
  try {
    return await look(server.url)
  } finally {
    await server.end()
  }
}

/** The address of the newest execution of a server. */
async function newest(url: string): Promise<string> {
  const [id = ''] = (await overview(url)).rows.map((each) => each.id)
  return `${url}/#/executions/${id}`
}

async function opened(browser: Browser, url: string): Promise<Page> {
  return openPage(browser, await newest(url), '.state')
}

async function scrubbed(browser: Browser, url: string, effort: Effort): Promise<Scrubbed> {
  const page = await opened(browser, url)
  const steps = Number(await page.locator('[role=slider]').getAttribute('aria-valuemax'))
  const times = Math.min(steps - 2, sized(effort, { smoke: 20, quick: 150, full: 900 }))
  const seen = await scrub(page, times)
  await page.context().close()
  const p95 = (of: keyof Swap): number =>
    percentile(
      seen.map((each) => each[of]),
      95,
    )
  return { work: p95('work'), felt: p95('felt'), steps }
}

async function others(browser: Browser, url: string, effort: Effort): Promise<Rest> {
  const load = await firstLoad(browser, url)
  const scroll = await scrollList(browser, url, sized(effort, { smoke: 20, quick: 120, full: 600 }))
  const layoutOther = await otherLayoutTime(browser, await newest(url))
  const page = await opened(browser, url)
  const layout = await layoutTime(page)
  // Ninety-three steps there are to go back by.
  const chart = await chartTime(page, sized(effort, { smoke: 1, quick: 4, full: 4 }))
  await page.context().close()
  return { load, layout, layoutOther, scroll, chart, file: await exportedSize() }
}

function rowsOf(rounds: readonly Round[]): readonly Row[] {
  const of = (take: (round: Round) => number): readonly number[] => rounds.map(take)
  const stormNote = (take: (round: Round) => Stormed): string => {
    const records = Math.max(...of((round) => take(round).records))
    const busy = median(of((round) => take(round).busy))
    return `${records} records a round; its main thread had the processor ${Math.round(busy * 100)} % of the time`
  }
  const scrubNote = (take: (round: Round) => Scrubbed): string =>
    `by processor time; ${take(rounds[0] as Round).steps} steps; by the wall, from the key until it is ` +
    `seen, ${Math.round(median(of((round) => take(round).felt)))} ms at p95`
  return [
    row('page/list', { ours: of(({ list }) => list.frame), note: stormNote(({ list }) => list) }),
    row('page/execution', {
      ours: of(({ execution }) => execution.frame),
      note: stormNote(({ execution }) => execution),
    }),
    row('page/dropped', {
      ours: of(({ list, execution }) => list.dropped + execution.dropped),
    }),
    row('page/scrub', { ours: of(({ wide }) => wide.work), note: scrubNote(({ wide }) => wide) }),
    row('page/scrub-long', {
      ours: of(({ long }) => long.work),
      note: scrubNote(({ long }) => long),
    }),
    ...restRows(rounds.map(({ rest }) => rest)),
  ]
}

function restRows(rounds: readonly Rest[]): readonly Row[] {
  const of = (take: (round: Rest) => number) => ({ ours: rounds.map(take) })
  return [
    row('page/chart', {
      ...of(({ chart }) => chart),
      note: 'by processor time, steps with the chart less steps without it, medians',
    }),
    row('page/layout', {
      ...of(({ layout }) => layout),
      note: 'the machine of executions, in a browser that was never there; no engine is loaded',
    }),
    row('page/layout-other', {
      ...of(({ layoutOther }) => layoutOther),
      note: 'the same machine under another name; the start of the worker is in it; then it is kept',
    }),
    row(
      'page/scroll',
      of(({ scroll }) => scroll.frame),
    ),
    row(
      'page/rows',
      of(({ scroll }) => scroll.rows),
    ),
    row(
      'page/first-load',
      of(({ load }) => load.all),
    ),
    row(
      'page/first-style',
      of(({ load }) => load.style),
    ),
    row(
      'page/export',
      of(({ file }) => file),
    ),
  ]
}

await alone(import.meta.url, measureRows)
