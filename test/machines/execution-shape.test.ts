/** The machine as a graph, as a text, and as a type. */
import { createActor, type EventFrom, fromPromise, initialTransition, toPromise } from 'xstate'
import { getShortestPaths } from 'xstate/graph'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { executionMachine } from '../../machines/execution.js'
import type { ExecutionEvent } from '../../machines/execution-events.js'
import { machines } from '../../machines/registry.js'
import * as tasks from '../../machines/tasks.js'
import { type ExecutionSnapshot, type ExecutionState, view } from '../../machines/view.js'
import { begin, done, failed, input, play, type Snapshot, step } from './driver.js'

test('the shortest paths of the graph reach all three ends', () => {
  const ends = getShortestPaths(executionMachine, {
    input: input(),
    toState: ({ status }) => status === 'done',
  }).map(({ state }) => `${JSON.stringify(state.value)} ${view(state).Status}`)
  expect(new Set(ends)).toEqual(
    new Set([
      '"done" SUCCESS',
      '"done" PARTITION_SUCCESS',
      '"failed" FAILED',
      '"cancelled" CANCELLED',
    ]),
  )
})

test('with a region, an account and tests the paths reach every status of an end', () => {
  const given = input({
    hasTests: true,
    copies: [{ region: 'cn-beijing', imageId: 'm-beijing' }],
    accounts: ['2001'],
  })
  const ids = ['copy.cn-beijing', 'share.cn-hangzhou.1', 'share.cn-beijing.1']
  const single = ['prepareInstance', 'buildImage', 'testImage', 'releaseResources']
  const paths = getShortestPaths(executionMachine, {
    input: given,
    events: ({ context }: Snapshot) =>
      [...single, ...ids.filter((id) => context.outstanding.includes(id))]
        .flatMap((id) => [done(id), failed(id)])
        .concat({ type: 'CANCEL' } as never) as never[],
    // An end that no state awaits breaks the machine: not a way that the engine goes.
    filterEvents: (snapshot, event: { type: string; actorId?: string }) =>
      event.actorId === undefined || event.actorId in snapshot.children,
    stopWhen: ({ status }) => status !== 'active',
    toState: ({ status }) => status === 'done',
  })
  expect(new Set(paths.map(({ state }) => view(state).Status))).toEqual(
    new Set(['SUCCESS', 'PARTITION_SUCCESS', 'FAILED', 'TEST_FAILED', 'CANCELLED']),
  )
})

describe('the registry', () => {
  test('names every machine by id and version', () => {
    const named = Object.values(machines).map(({ id, version }) => `${id}@${version}`)
    expect(Object.keys(machines)).toEqual(named)
  })

  test('a machine makes the same first snapshot twice', () => {
    expect(begin(input())).toEqual(begin(input()))
  })
})

describe('the tasks', () => {
  test.each(Object.entries(tasks))('%s says that it has no function here', async (name, logic) => {
    const actor = createActor(logic as typeof tasks.testImage, { input: {} as never })
    const error = await new Promise((resolve) => {
      actor.subscribe({ error: resolve })
      actor.start()
    })
    expect(error).toEqual(
      new Error(`${name} has no function here: give one in "tasks", or simulate it`),
    )
  })
})

test('it runs as an ordinary actor too, with functions of its own', async () => {
  const at = <Input>() => fromPromise<null, Input>(() => Promise.resolve(null))
  const shareImage = fromPromise<tasks.ShareImageOutput, tasks.ShareImageInput>(() =>
    Promise.resolve({ failed: [] }),
  )
  const actors = {
    prepareInstance: at<tasks.PrepareInstanceInput>(),
    buildImage: at<tasks.BuildImageInput>(),
    copyImage: at<tasks.CopyImageInput>(),
    shareImage,
    releaseResources: at<tasks.ReleaseResourcesInput>(),
  }
  const copies = [{ region: 'cn-beijing', imageId: 'm-beijing' }]
  const live = createActor(executionMachine.provide({ actors }), {
    input: input({ copies, accounts: ['2001'] }),
  })
  const told: string[] = []
  live.on('*', ({ type, region }) => told.push(`${type} ${region}`))
  live.start()
  expect(await toPromise(live)).toEqual({ status: 'SUCCESS', imageId: 'm-own', problems: [] })
  expect(told).toEqual([
    'image.creating cn-hangzhou',
    'image.available cn-hangzhou',
    'image.copying cn-beijing',
    'image.copied cn-beijing',
    'image.shared cn-hangzhou',
    'image.shared cn-beijing',
  ])
})

describe('the size of a whole distribution, 20 regions and 20 accounts', () => {
  const given = input({
    copies: Array.from({ length: 20 }, (_, n) => ({
      region: `ap-southeast-${n + 1}`,
      imageId: `m-bp67acfmxazb4p00000${n + 10}`,
    })),
    accounts: Array.from({ length: 20 }, (_, n) => `10000000000000${n + 10}`),
  })
  const copied = given.copies.reduce(
    ({ state }, { region }) => step(state, done(`copy.${region}`)),
    play(given, done('prepareInstance'), done('buildImage')),
  )
  const size = (value: unknown) => JSON.stringify(value).length

  test('is under 4 kB while 42 shares run', () => {
    expect(copied.state.tasks).toHaveLength(42)
    expect(size(copied.state.context)).toBeLessThan(4000)
  })

  test('is under 20 kB even when every share of all of them failed', () => {
    const refused = given.accounts.map((account) => ({
      account,
      code: 'InvalidAccount.Forbbiden',
      message: 'The specified Account is yourself or not found.',
    }))
    const { state } = copied.state.tasks.reduce(
      ({ state }, id) => step(state, done(id, { failed: refused })),
      copied,
    )
    expect(state.context.problems).toHaveLength(42)
    expect(size(state.context)).toBeLessThan(20_000)
  })
})

test('the types say what the machine is sent and where it can be', () => {
  expectTypeOf<EventFrom<typeof executionMachine>>().toEqualTypeOf<ExecutionEvent>()
  expectTypeOf<Snapshot['value']>().toEqualTypeOf<ExecutionState>()
  expectTypeOf<Snapshot>().toExtend<ExecutionSnapshot>()
  const [snapshot] = initialTransition(executionMachine, input())
  expect(view(snapshot).Status).toBe('PREPARING')
})
