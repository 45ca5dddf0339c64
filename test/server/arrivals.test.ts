import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { LiveService } from '../../src/emulator/service.js'
import { createApp } from '../../src/server/app.js'
import { Arrivals } from '../../src/server/arrivals.js'
import { listen } from '../../src/server/listen.js'
import { start } from './server.js'

describe('what comes while connections arrive', () => {
  test('is done at once when none does', () => {
    const done: string[] = []
    new Arrivals().whenQuiet(() => done.push('a'))
    expect(done).toEqual(['a'])
  })

  test('is done in the order in which it came, one turn after the last', async () => {
    const arrivals = new Arrivals()
    const done: string[] = []
    arrivals.came()
    arrivals.whenQuiet(() => done.push('a'))
    await nextTurn()
    arrivals.came()
    arrivals.whenQuiet(() => done.push('b'))
    await nextTurn()
    expect(done).toEqual([])
    await nextTurn()
    expect(done).toEqual(['a', 'b'])
    arrivals.whenQuiet(() => done.push('c'))
    expect(done).toEqual(['a', 'b', 'c'])
  })

  test('is done all the same when they never cease', async () => {
    const arrivals = new Arrivals()
    const done: string[] = []
    arrivals.came()
    arrivals.whenQuiet(() => done.push('a'))
    let turns = 0
    while (done.length === 0) {
      arrivals.came()
      await nextTurn()
      turns += 1
    }
    expect(turns).toBeGreaterThan(32)
    expect(turns).toBeLessThan(200)
  })
})

const clients = 40
const request = 'GET /?Action=DescribeRegions HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n'

/** A server that notes in which turn of the event loop each request is taken up, and answers. */
async function noting(): Promise<{ readonly port: number; readonly taken: number[] }> {
  const service = await LiveService.open({ clock: start, seed: 1, log: () => undefined })
  const taken: number[] = []
  let turn = 0
  let isOver = false
  const count = (): void => {
    turn += 1
    if (!isOver) setImmediate(count)
  }
  count()
  const { port, close } = await listen(createApp(service, { hosts: [] }), {
    port: 0,
    keyed: false,
    direct: (_, outgoing) => {
      taken.push(turn)
      outgoing.end('taken')
      return true
    },
  })
  onTestFinished(async () => {
    isOver = true
    await close()
    await service.close()
  })
  return { port, taken }
}

/** Clients that connect in the same turn, and ask as soon as they are connected. */
function burst(port: number): Socket[] {
  return Array.from({ length: clients }, () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.once('connect', () => socket.write(request))
    onTestFinished(() => {
      socket.destroy()
    })
    return socket
  })
}

test('clients that connect at once are heard in the same turn, though each turn takes one', async () => {
  const { port, taken } = await noting()
  await Promise.all(burst(port).map((socket) => once(socket, 'data')))
  expect(taken).toHaveLength(clients)
  expect(new Set(taken).size).toBe(1)
})

test('a client that breaks off before it is heard costs nothing', async () => {
  const { port, taken } = await noting()
  const [first, ...others] = burst(port)
  const answered = others.map((socket) => once(socket, 'data'))
  // Its request is there by then; the last of the others are not.
  for (let turns = 0; turns < 8; turns += 1) await nextTurn()
  expect(taken).toEqual([])
  first?.resetAndDestroy()
  await Promise.all(answered)
  expect(taken).toHaveLength(clients - 1)
})
