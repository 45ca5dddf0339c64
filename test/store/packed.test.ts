import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doneEvent, type StepRecord } from '../../src/core/history.js'
import { StepRow } from '../../src/engine/step-row.js'
import { pack, packed, unpack } from '../../src/store/sqlite/packed.js'
import { execution } from '../contract/rows.js'

const json = fc.jsonValue({ maxDepth: 3 })
const text = fc.oneof(fc.string(), fc.constantFrom('","output":', ',"value":', '\t', '"}', 'a.b'))

describe('a record as it is stored', () => {
  it('is short for the steps and attempts that most records are', () => {
    const done = { event: doneEvent('build', { id: 7 }), value: { copy: 'a' }, effects: 'abc' }
    expect(pack(JSON.stringify(done))).toBe('d\tbuild\t{"id":7}\t{"copy":"a"}\tabc')
    const step = { event: { type: 'PAY' }, value: 'paid', effects: '' }
    expect(pack(JSON.stringify(step))).toBe('s\t{"type":"PAY"}\tpaid\t')
    const ran = { attempt: 1, since: 1_767_571_200_000 }
    expect(pack(JSON.stringify({ ...done, ...ran }))).toBe(
      'd\tbuild\t{"id":7}\t{"copy":"a"}\tabc\t1\t1767571200000',
    )
    expect(pack(JSON.stringify({ ...step, ...ran }))).toBe(
      's\t{"type":"PAY"}\tpaid\t\t1\t1767571200000',
    )
    const started = { task: 'build', attempt: 2, phase: 'started' }
    expect(pack(JSON.stringify(started))).toBe('a\tbuild\t2')
  })

  it('stays as it is for all others', () => {
    for (const body of [
      { task: 'build', attempt: 2, phase: 'failed', error: { name: 'E', message: 'm' } },
      { from: 'a@1', to: 'a@2', snapshot: '{}' },
      { event: { type: 'xstate.done.actor.a', output: 1, actorId: 'a' } },
      { event: 1 },
      { event: { type: 'PAY' }, value: true, effects: '' },
      { task: 'a' },
      { n: 1 },
    ]) {
      expect(pack(JSON.stringify(body))).toBe(JSON.stringify(body))
    }
    for (const text of ['what nobody wrote', 'a', 'd', 's', '']) {
      expect(unpack(pack(text))).toBe(text)
    }
  })

  it('is read as it was written, whatever stands in it', () => {
    const event = fc.oneof(
      fc.record({ type: text, more: json }),
      fc.tuple(text, json).map(([task, output]) => doneEvent(task, output as never)),
      fc.record({ type: fc.constant('xstate.done.actor.x'), output: json, actorId: text }),
    )
    const value = fc.oneof(
      json,
      fc.constantFrom('paid', 'true', 'step_1', '1', '', 'a b', true, null),
    )
    const plain = fc.record({ event, value, effects: text })
    const ran = fc.record({ attempt: fc.nat(), since: fc.oneof(fc.nat(), fc.double()) })
    const step = fc.oneof(
      plain,
      fc.tuple(plain, ran).map(([told, how]) => Object.assign({}, told, how)),
    )
    const attempt = fc.record({ task: text, attempt: fc.integer(), phase: fc.constant('started') })
    fc.assert(
      fc.property(fc.oneof(step, attempt, json), (value) => {
        const body = JSON.stringify(value)
        expect(unpack(pack(body))).toBe(body)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is read as it was said, and short, where its text was never made', () => {
    const event = fc.oneof(
      fc.tuple(text, json).map(([task, output]) => doneEvent(task, output as never)),
      fc
        .tuple(fc.constantFrom('build', 'copy.cn-beijing'), json)
        .map(([task, output]) => doneEvent(task, output as never)),
      fc.record({
        type: fc.constant('xstate.done.actor.x'),
        actorId: fc.constant('x'),
        output: json,
      }),
      fc.record({ type: text, more: json }),
    )
    const value = fc.oneof(json, fc.constantFrom('paid', 'true', 'a b'))
    const plain = fc.record({ event, value, effects: fc.constantFrom('', 'abc') })
    const ran = fc.record({ attempt: fc.nat(), since: fc.nat() })
    const said = fc.oneof(
      plain,
      fc.tuple(plain, ran).map(([told, how]) => Object.assign({}, told, how)),
    )
    fc.assert(
      fc.property(said, (told) => {
        const row = new StepRow(1, execution(1), 1_000, told as unknown as StepRecord)
        expect(unpack(packed(row))).toBe(JSON.stringify(told))
        expect(packed(row).length).toBeLessThanOrEqual(pack(row.body).length)
      }),
      { numRuns: 2_000 },
    )
  })
})
