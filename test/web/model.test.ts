import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDuration, took, within } from '../../web/lib/time.js'
import { History, type RecordData } from '../../web/model/history.js'
import { parseSearch } from '../../web/model/query.js'
import { type Row, rowAfter } from '../../web/model/row.js'
import { fitted, roomyScale, scaleOf, shownOn, ticksOf } from '../../web/model/scale.js'
import { toldOf } from '../../web/model/words.js'

const row: Row = {
  n: 1,
  id: 'exec-1',
  machine: 'execution@1',
  key: 'ip-1',
  status: 'DISTRIBUTING',
  outcome: null,
  stuck: false,
  startedAt: 0,
  endedAt: null,
  seq: 4,
  moves: [['create.preparing', 0]],
  retries: 2,
  images: [1, 3],
}

describe('times as people read them', () => {
  test('durations have two units at most', () => {
    expect([350, 45_000, 303_000, 3_720_000, 183_600_000].map(took)).toEqual([
      '350ms',
      '45s',
      '5m 03s',
      '1h 02m',
      '2d 03h',
    ])
    expect([within(500), within(15_400), within(103_000)]).toEqual([
      'due now',
      'in 15 s',
      'in 1m 43s',
    ])
  })

  test('what is typed as a duration is one, or is not', () => {
    expect(parseDuration('1h 30m')).toBe(5_400_000)
    expect(parseDuration('90s')).toBe(90_000)
    expect(parseDuration('2.5m')).toBe(150_000)
    for (const wrong of ['', '10', 'ten m', '10m x', '5 weeks'])
      expect(parseDuration(wrong)).toBeNull()
  })
})

describe('a search', () => {
  const finds = (text: string): boolean =>
    parseSearch(text).test({ row, name: 'web-golden', now: 600_000 })

  test('finds words, fields with a star, and what can be counted', () => {
    for (const text of [
      '',
      'exec',
      'web distrib',
      'template:web-*',
      'status:DISTR',
      'retries:>1',
    ]) {
      expect([text, finds(text)]).toEqual([text, true])
    }
    for (const text of [
      'template:web',
      'started:<3h',
      'took:>9m',
      'images:1',
      'machine:execution*',
    ]) {
      expect([text, finds(text)]).toEqual([text, true])
    }
    for (const text of ['template:golden*', 'started:<5m', 'retries:>2', 'web nothing']) {
      expect([text, finds(text)]).toEqual([text, false])
    }
  })

  test('says what it does not understand, and looks for the rest', () => {
    expect(parseSearch('colour:red').problem).toContain('“colour:red” is not understood')
    expect(parseSearch('took:long').problem).toContain('took:')
    expect(parseSearch('template:web').problem).toBeNull()
    expect(finds('colour:red web')).toBe(true)
  })

  test('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof finds(text) === 'boolean'))
  })
})

describe('a row, one record further', () => {
  const record = (seq: number, body: object, kind: 'step' | 'attempt' = 'step') => ({
    n: seq,
    execution: 'exec-1',
    machine: 'execution@1',
    key: 'ip-1',
    status: 'DISTRIBUTING',
    outcome: null,
    seq,
    at: '2026-01-05T02:00:00.000Z',
    kind,
    body: body as Readonly<Record<string, unknown>>,
  })

  test('its first record begins it', () => {
    const event = { type: 'xstate.init', input: { copies: [{}, {}] } }
    const first = rowAfter(undefined, record(1, { event, value: { create: 'preparing' } }))
    expect(first).toMatchObject({ images: [0, 3], moves: [['create.preparing', 1767578400000]] })
  })

  test('images, retries and states are counted on', () => {
    const event = { type: 'xstate.done.actor.copy.cn-beijing' }
    const next = rowAfter(row, record(5, { event, value: 'copy' }))
    expect(next).toMatchObject({ images: [2, 3], seq: 5 })
    expect(next.moves.at(-1)?.[0]).toBe('copy')
    const failed = rowAfter(next, record(6, { phase: 'failed' }, 'attempt'))
    expect(failed.retries).toBe(3)
    expect(rowAfter(failed, record(7, { phase: 'slot' }, 'attempt')).retries).toBe(3)
  })

  test('what is known already changes nothing', () => {
    const event = { type: 'xstate.done.actor.buildImage' }
    expect(rowAfter(row, record(4, { event, value: 'copy' }))).toBe(row)
  })
})

describe('contexts by the changes of a history', () => {
  const step = (seq: number): RecordData => ({
    n: seq,
    seq,
    at: seq,
    kind: 'step',
    body: { event: { type: 'TICK' }, value: 'on' },
    changes: [
      seq === 1 ? { path: [], after: { n: 1 } } : { path: ['n'], before: seq - 1, after: seq },
    ],
  })

  test('any step of a thousand has its own, however the history came in', () => {
    const all = Array.from({ length: 1_000 }, (_, index) => step(index + 1))
    let history = new History(all.slice(0, 130))
    for (let at = 130; at < 1_000; at += 87) history = history.with(all.slice(at - 5, at + 87))
    expect(history.records).toHaveLength(1_000)
    for (const index of [0, 1, 63, 64, 65, 127, 128, 640, 999]) {
      expect(history.contextAt(index)).toEqual({ n: index + 1 })
    }
    expect(history.with([step(3)])).toBe(history)
  })
})

describe('the axis of the Gantt', () => {
  test('times and pixels lead to each other', () => {
    const events = [0, 10_000, 20_000, 900_000, 910_000]
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (at) => {
        const scale = scaleOf(0, 1_000_000, 800, events)
        expect(Math.abs(scale.at(scale.x(at)) - at)).toBeLessThan(1)
      }),
    )
  })

  test('a stretch in which nothing happened is cut, and says how long it is', () => {
    const { cut, x, width } = scaleOf(0, 1_000_000, 800, [10_000, 20_000, 900_000])
    expect(cut).not.toBeNull()
    expect(x(900_000) - x(20_000)).toBeLessThan(120)
    expect(x(1_000_000)).toBeCloseTo(width)
    expect(scaleOf(0, 1_000, 800, [200, 400, 600, 800]).cut).toBeNull()
  })

  test('has the room behind what there is that was asked for, however much is cut', () => {
    const size = { width: 800, room: 100 }
    const plain = roomyScale(0, 1_000, size, [0, 200, 400, 600, 800, 1_000])
    expect([plain.cut, plain.x(1_000)]).toEqual([null, expect.closeTo(700)])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (hours) => {
        const events = [0, 60_000, 120_000].flatMap((at) => [at, at + hours * 3_600_000])
        const last = Math.max(...events)
        const axis = roomyScale(0, last, size, events)
        expect(axis.cut).not.toBeNull()
        expect(Math.abs(axis.x(last) - 700)).toBeLessThan(10)
        // Steps of what is to be seen, not of what is cut.
        expect(axis.x(fitted(last, shownOn(axis))) - axis.x(last)).toBeLessThan(40)
      }),
    )
    // Just long enough for a cut without the room, and no more with it.
    const short = roomyScale(0, 1_000, size, [0, 100, 200, 300, 400, 500, 590, 1_000])
    expect([short.cut, short.x(1_000)]).toEqual([null, expect.closeTo(700)])
  })

  test('stays as it is for as long as it is told to, however little of it is not cut', () => {
    const grown = (least: number): number => {
      const lengths = Array.from({ length: 100 }, (_, n) => 36_000_000 + n * 100)
      return new Set(lengths.map((length) => fitted(length, 1_000, least))).size
    }
    // In ten seconds, looked at ten times a second.
    expect(grown(0)).toBe(100)
    expect(grown(2_000)).toBe(6)
  })

  test('labels are round and at least seventy pixels from each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (minutes) => {
        const all = Array.from({ length: 20 }, (_, index) => (index * minutes * 60_000) / 20)
        const scale = scaleOf(0, minutes * 60_000, 900, all)
        const ticks = ticksOf(scale).map((at) => scale.x(at))
        for (const [index, x] of ticks.entries()) {
          if (index > 0) expect(x - (ticks[index - 1] ?? 0)).toBeGreaterThanOrEqual(69)
        }
      }),
    )
  })
})

describe('a record in words', () => {
  const tasks = new Map([
    ['copy.us-east-1', { src: 'copyImage', name: 'us-east-1', note: '', short: '', title: '' }],
  ])
  const base = { n: 1, seq: 1, at: 0 }

  test('says what moved, and what failed', () => {
    const event = { type: 'xstate.done.actor.copy.us-east-1' }
    const stayed = toldOf({ ...base, kind: 'step', body: { event, value: 'copy' } }, 'copy', tasks)
    expect(stayed).toMatchObject({ what: 'copyImage done', where: 'us-east-1', tone: 'good' })
    const moved = toldOf({ ...base, kind: 'step', body: { event, value: 'share' } }, 'copy', tasks)
    expect(moved).toMatchObject({ what: 'copy → share', where: 'copyImage done', tone: 'moved' })
    const body = { task: 'copy.us-east-1', attempt: 1, phase: 'failed' as const }
    const failed = toldOf({ ...base, kind: 'attempt', body }, 'copy', tasks)
    expect(failed).toMatchObject({ what: 'copyImage failed', where: 'us-east-1 #1', tone: 'bad' })
  })

  test('names states without what they share', () => {
    const event = { type: 'GO' }
    const value = { create: 'building' }
    const told = toldOf(
      { ...base, kind: 'step', body: { event, value } },
      'create.preparing',
      tasks,
    )
    expect(told.what).toBe('preparing → building')
  })
})
