import { describe, expect, onTestFinished, test } from 'vitest'
import { Served } from './server.js'

/** Reads a stream of events as a browser does. */
class Reading {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  /** Whether it listens to what is done to the clock. */
  readonly #clock: boolean
  #text = ''

  constructor(response: Response, clock = false) {
    this.#clock = clock
    this.#reader = (response.body as ReadableStream<Uint8Array>).getReader()
    onTestFinished(() => this.stop())
  }

  /** The next event: its name, id and data; `over` at the end of the stream. */
  async next(): Promise<{ name: string; id: number; data: Record<string, unknown> } | 'over'> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end === -1) {
        const { done, value } = await this.#reader.read()
        if (done) return 'over'
        this.#text += new TextDecoder().decode(value)
        continue
      }
      const block = this.#text.slice(0, end)
      this.#text = this.#text.slice(end + 2)
      if (block.startsWith(':')) continue
      const field = (name: string): string =>
        new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
      if (field('event') === 'clock' && !this.#clock) continue
      return {
        name: field('event'),
        id: Number(field('id')),
        data: JSON.parse(field('data')) as Record<string, unknown>,
      }
    }
  }

  stop(): Promise<void> {
    return this.#reader.cancel()
  }
}

async function follow(
  served: Served,
  query = '',
  headers: Readonly<Record<string, string>> = {},
): Promise<Reading> {
  const response = await served.app.request(`http://localhost/_bakeline/events${query}`, {
    headers,
  })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  return new Reading(response)
}

describe('the stream of events', () => {
  test('has every record as it is written, numbered', async () => {
    const served = await Served.open()
    const stream = await follow(served)
    const { execution } = await served.begun()
    expect(await stream.next()).toMatchObject({
      name: 'step',
      id: 1,
      data: { n: 1, seq: 1, execution, at: '2026-01-05T02:00:00.000Z', kind: 'step' },
    })
    await served.control('POST /clock/jump')
    expect(await stream.next()).toMatchObject({ id: 2, data: { at: '2026-01-05T02:01:00.000Z' } })
  })

  test('tells what is done to the clock, without moving the cursor', async () => {
    const served = await Served.open()
    const response = await served.app.request('http://localhost/_bakeline/events')
    const stream = new Reading(response, true)
    await served.begun()
    expect(await stream.next()).toMatchObject({ name: 'step', id: 1 })
    await served.control('POST /clock/jump')
    expect(await stream.next()).toMatchObject({ name: 'step', id: 2 })
    expect(await stream.next()).toMatchObject({
      name: 'clock',
      id: 0,
      data: { n: 1, kind: 'jump', record: 1, was: 'virtual', clock: 'virtual' },
    })
    await served.control('POST /clock/scale', { scale: 60 })
    expect(await stream.next()).toMatchObject({
      name: 'clock',
      data: { n: 2, kind: 'pace', was: 'virtual', clock: 'scale=60' },
    })
  })

  test('goes on after the last event that was received', async () => {
    const served = await Served.open()
    await served.begun()
    await served.control('POST /clock/advance', { by: '1h' })
    const resumed = await follow(served, '?after=0', { 'last-event-id': '2' })
    expect(await resumed.next()).toMatchObject({ id: 3 })
    expect(await resumed.next()).toMatchObject({ id: 4 })
    expect(await (await follow(served, '?after=0')).next()).toMatchObject({ id: 1 })
  })

  test('goes on without a gap when the process dies under it', async () => {
    const served = await Served.open()
    const stream = await follow(served)
    await served.begun()
    expect(await stream.next()).toMatchObject({ name: 'step', id: 1 })
    await served.control('POST /crash')
    await served.control('POST /clock/jump')
    expect(await stream.next()).toMatchObject({ name: 'step', id: 2 })
  })

  test('may be of one execution only', async () => {
    const served = await Served.open()
    await served.begun()
    const { execution } = await served.begun()
    const stream = await follow(served, `?after=0&execution=${execution}`)
    expect(await stream.next()).toMatchObject({ id: 2, data: { execution } })
  })

  test('says that the state was replaced, and begins with the new one', async () => {
    const served = await Served.open()
    await served.begun()
    const stream = await follow(served, '?after=0')
    await stream.next()
    await served.control('POST /reset')
    expect(await stream.next()).toMatchObject({ name: 'reset', data: {} })
    await served.begun()
    expect(await stream.next()).toMatchObject({ name: 'step', id: 1 })
  })

  test('says so too when the last event is of a state that is no more', async () => {
    const served = await Served.open()
    await served.begun()
    const stream = await follow(served, '', { 'last-event-id': '700' })
    expect(await stream.next()).toMatchObject({ name: 'reset' })
    expect(await stream.next()).toMatchObject({ name: 'step', id: 1 })
  })

  test('ends when the server does', async () => {
    const served = await Served.open()
    const stream = await follow(served)
    const end = stream.next()
    await served.service.close()
    expect(await end).toBe('over')
  })
})
