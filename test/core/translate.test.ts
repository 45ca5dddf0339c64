import {
  assign,
  cancel,
  createMachine,
  emit,
  enqueueActions,
  type ExecutableActionObject,
  forwardTo,
  fromPromise,
  initialTransition,
  log,
  raise,
  sendTo,
  setup,
  spawnChild,
  stopChild,
} from 'xstate'
import { describe, expect, test, vi } from 'vitest'
import type { Effect } from '../../src/core/effects.js'
import { translate } from '../../src/core/translate.js'

const work = fromPromise<unknown, unknown>(async () => null)

/** The actions that xstate itself asks for when a machine enters its first state. */
function asked(entry: unknown): readonly ExecutableActionObject[] {
  const machine = setup({ actors: { work } }).createMachine({
    id: 'm',
    context: { n: 5 },
    entry: entry as never,
  })
  return initialTransition(machine)[1]
}

function effects(entry: unknown, known: readonly string[] = []): readonly Effect[] {
  return translate(asked(entry), new Set(known)).effects
}

describe('an action becomes an effect:', () => {
  test('spawnChild starts a task, and is remembered with its source', () => {
    const input = { when: new Date(0), gone: undefined }
    const { effects, started } = translate(asked(spawnChild('work', { id: 'w', input })), new Set())
    expect(effects).toEqual([
      { kind: 'startTask', id: 'w', src: 'work', input: { when: '1970-01-01T00:00:00.000Z' } },
    ])
    expect([...started]).toEqual([['w', 'work']])
  })

  test('spawnChild with a computed id starts the task of that id', () => {
    const spawn = spawnChild('work', {
      id: ({ context }: { context: { n: number } }) => `w${context.n}`,
    } as never)
    expect(effects(spawn)).toEqual([{ kind: 'startTask', id: 'w5', src: 'work', input: null }])
  })

  test('stopChild stops a task that runs', () => {
    const stop = enqueueActions(({ enqueue }) => {
      enqueue.spawnChild('work' as never, { id: 'w' } as never)
      enqueue.stopChild('w')
      enqueue.stopChild('w')
    })
    const { effects, started } = translate(asked(stop), new Set())
    expect(effects.map(({ kind }) => kind)).toEqual(['startTask', 'stopTask'])
    expect(started.size).toBe(0)
  })

  test('stopChild of what does not run is none', () => {
    expect(effects(stopChild('nobody'))).toEqual([])
  })

  test('stopChild of a task from before the step stops it', () => {
    const action = { type: 'xstate.stopChild', params: { id: 'w' } }
    const list = [action] as unknown as ExecutableActionObject[]
    expect(translate(list, new Set(['w'])).effects).toEqual([{ kind: 'stopTask', id: 'w' }])
    expect(translate(list, new Set(['v'])).effects).toEqual([])
  })

  test('a delayed raise sets a timer, in whole milliseconds that are not negative', () => {
    expect(
      effects(raise({ type: 'x', a: undefined } as { type: 'x' }, { id: 't', delay: 10.6 })),
    ).toEqual([{ kind: 'setTimer', id: 't', delay: 11, event: { type: 'x' } }])
    expect(effects(raise({ type: 'x' }, { delay: -5 }))).toEqual([
      { kind: 'setTimer', id: null, delay: 0, event: { type: 'x' } },
    ])
  })

  test('a raise without a delay is none: it has been processed', () => {
    expect(effects(raise({ type: 'x' }))).toEqual([])
  })

  test('cancel forgets a timer', () => {
    expect(effects(cancel('t'))).toEqual([{ kind: 'cancelTimer', id: 't' }])
  })

  test('emit tells the domain, through JSON', () => {
    expect(effects(emit({ type: 'made', at: new Date(0) }))).toEqual([
      { kind: 'emit', event: { type: 'made', at: '1970-01-01T00:00:00.000Z' } },
    ])
  })

  test('log is an action that writes to the log it is given', () => {
    const lines: unknown[][] = []
    for (const effect of effects([log('plain'), log('value', 'label')])) {
      if (effect.kind === 'action') effect.run((...line) => lines.push(line))
    }
    expect(lines).toEqual([['plain'], ['label', 'value']])
  })

  test('a custom action runs with its arguments when it is told to, and not before', () => {
    const shout = vi.fn(() => 'shouted')
    const [effect] = effects(function shouting() {
      return shout()
    })
    expect(effect).toMatchObject({ kind: 'action', type: 'shouting' })
    expect(shout).not.toHaveBeenCalled()
    expect(effect?.kind === 'action' && effect.run(() => undefined)).toBe('shouted')
  })

  test('a custom action without an implementation does nothing', () => {
    const [effect] = effects('missing')
    expect(effect?.kind === 'action' && effect.run(() => undefined)).toBeUndefined()
  })

  test('assign is none: its work is done', () => {
    expect(effects(assign({ n: 6 } as never))).toEqual([])
  })
})

describe('what cannot outlive the process is refused, with what to write instead:', () => {
  test.each([
    [
      'an id',
      spawnChild('work'),
      'a child "work" was spawned without an id; instead: spawnChild("work", { id })',
    ],
    [
      'a name',
      spawnChild(work, { id: 'w' }),
      'a child was spawned with inline logic; instead: name it in setup({ actors })',
    ],
    [
      'logic',
      spawnChild('nothing', { id: 'w' }),
      'a child "nothing" was spawned without logic; instead: name it in setup({ actors })',
    ],
    [
      'a finite delay',
      raise({ type: 'x' }, { delay: Number.POSITIVE_INFINITY }),
      'a delay of Infinity for "x"; instead: give milliseconds',
    ],
    [
      'a number',
      raise({ type: 'x' }, { delay: Number.NaN }),
      'a delay of NaN for "x"; instead: give milliseconds',
    ],
    [
      'a time that comes',
      raise({ type: 'x' }, { delay: 1e15 }),
      'a delay of 1000000000000000 for "x"; instead: give milliseconds',
    ],
  ])('a child or timer without %s', (_what, entry, message) => {
    vi.spyOn(console, 'warn').mockReturnValue()
    expect(() => effects(entry)).toThrow(expect.objectContaining({ code: 'NOT_DURABLE', message }))
  })

  test('a systemId', () => {
    const machine = setup({ actors: { work } }).createMachine({
      entry: spawnChild('work', { id: 'w', systemId: 'S' } as never),
    })
    expect(() => translate(initialTransition(machine)[1], new Set())).toThrow(
      'child with systemId "S"; instead: leave systemId out',
    )
  })

  test('sendTo and forwardTo', () => {
    const machine = createMachine({
      entry: [sendTo(({ self }) => self, { type: 'x' }), forwardTo(({ self }) => self)],
    })
    expect(() => translate(initialTransition(machine)[1], new Set())).toThrow(
      'sendTo cannot outlive the process; instead: raise an event, or start a task',
    )
  })
})
