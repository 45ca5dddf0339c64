import { assign, createMachine } from 'xstate'
import { describe, expect, test } from 'vitest'
import { effectsHash, type EventData } from '../../src/core/effects.js'
import { fold } from '../../src/core/fold.js'
import { interpret } from '../../src/core/interpreted.js'
import type { RecordRow } from '../../src/core/ports.js'
import type { Step } from '../../src/core/stepper.js'

const counter = interpret(
  createMachine({
    id: 'counter',
    context: { n: 0 },
    initial: 'on',
    states: {
      on: {
        on: {
          add: { actions: assign({ n: ({ context }) => context.n + 1 }) },
          wait: 'later',
          boom: {
            actions: assign(() => {
              throw new Error('bang')
            }),
          },
        },
      },
      later: { after: { 1_000: 'on' } },
    },
  }),
)

/** A history as the engine writes it. */
function history(...events: readonly string[]): { rows: RecordRow[]; text: string } {
  let step: Step = counter.initial(null)
  const rows = [row(1, { type: 'xstate.init', input: null }, step)]
  for (const type of events) {
    step = counter.next(step.state, { type })
    rows.push(row(rows.length + 1, { type }, step))
  }
  return { rows, text: step.state.text }
}

function row(seq: number, event: EventData, { state, effects }: Step): RecordRow {
  const body = { event, value: state.value, effects: effectsHash(effects) }
  return { n: seq, execution: 1, seq, at: 0, kind: 'step', body: JSON.stringify(body) }
}

function tampered(rows: readonly RecordRow[], seq: number, change: object): RecordRow[] {
  return rows.map((row) =>
    row.seq === seq
      ? { ...row, body: JSON.stringify({ ...JSON.parse(row.body), ...change }) }
      : row,
  )
}

describe('a history', () => {
  test('folds to the snapshot, byte for byte', () => {
    const { rows, text } = history('add', 'wait', 'xstate.after.1000.counter.later', 'add')
    expect(fold(rows, counter)).toMatchObject({ state: { text } })
  })

  test('folds past attempts, which change no state', () => {
    const { rows, text } = history('add')
    const attempt: RecordRow = { ...rows[0]!, seq: 3, kind: 'attempt', body: '{}' }
    expect(fold([...rows, attempt], counter)).toMatchObject({ state: { text } })
  })

  test('folds from its newest migration on', () => {
    const snapshot = counter.initial(null).state.text.replace('"n":0', '"n":40')
    const migration = (seq: number, text: string): RecordRow => ({
      ...history().rows[0]!,
      seq,
      kind: 'migration',
      body: JSON.stringify({ from: 'a', to: 'b', snapshot: text }),
    })
    const add = counter.next(counter.load(snapshot), { type: 'add' })
    const rows = [migration(1, 'no JSON'), migration(2, snapshot), row(3, { type: 'add' }, add)]
    expect(fold(rows, counter)).toMatchObject({ state: { context: { n: 41 } } })
    expect(fold(rows.slice(0, 1), counter)).toMatchObject({
      divergence: { seq: 1, problem: expect.stringContaining('cannot be read') as string },
    })
  })
})

describe('a history that its machine would not write again', () => {
  const { rows } = history('add', 'wait')

  test.each([
    [[], 0, 'the history has no first step'],
    [rows.slice(1), 2, 'the first step is on "add"'],
    [tampered(rows, 3, { effects: 'x' }), 3, 'the step on "wait" asks for other effects now'],
    [tampered(rows, 2, { value: 'later' }), 2, 'the step on "add" leads to another state now'],
    [tampered(rows, 2, { event: { type: 'boom' } }), 2, 'the step on "boom" throws now: bang'],
  ])('diverges (%#) at a record and says how', (records, seq, problem) => {
    expect(fold(records, counter)).toEqual({ divergence: { seq, problem } })
  })

  test('diverges where a record cannot be read', () => {
    const broken = rows.map((row) => (row.seq === 2 ? { ...row, body: '{' } : row))
    expect(fold(broken, counter)).toMatchObject({ divergence: { seq: 2 } })
  })

  test('begins without an input where none was written', () => {
    const bare = tampered(rows, 1, { event: { type: 'xstate.init' } })
    expect(fold(bare.slice(0, 1), counter)).toMatchObject({ state: { context: { n: 0 } } })
  })
})
