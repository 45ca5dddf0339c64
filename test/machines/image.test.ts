import { createActor, initialTransition, toPromise, transition } from 'xstate'
import { describe, expect, it } from 'vitest'
import { createImage } from '../../machines/image-tasks.js'
import { imageMachine, imageRunStatus, type ImageRunInput } from '../../machines/image.js'

const task = {
  executionId: 'exec-1',
  region: 'cn-beijing',
  imageId: 'm-1',
  imageName: 'web',
}
const create: ImageRunInput = {
  kind: 'create',
  task: { ...task, instanceId: 'i-1', snapshotIds: [] },
}
const copy: ImageRunInput = {
  kind: 'copy',
  task: { ...task, sourceRegion: 'cn-hangzhou', sourceImageId: 'm-0' },
}

type Event = Parameters<typeof transition<typeof imageMachine>>[2]
const done = (id: string) =>
  ({ type: `xstate.done.actor.${id}`, output: null, actorId: id }) as unknown as Event
const failed = (id: string) =>
  ({
    type: `xstate.error.actor.${id}`,
    error: { code: 'Disk.Broken', message: 'the disk broke' },
    actorId: id,
  }) as unknown as Event

function play(input: ImageRunInput, ...events: Event[]) {
  let [snapshot, actions] = initialTransition(imageMachine, input)
  const all = [...actions]
  for (const event of events) {
    ;[snapshot, actions] = transition(imageMachine, snapshot, event)
    all.push(...actions)
  }
  const of = (type: string) =>
    all.filter((action) => action.type === type).map(({ params }) => params as object)
  return { snapshot, started: of('xstate.spawnChild'), emitted: of('xstate.emit') }
}

const own = { imageId: 'm-1', region: 'cn-beijing' }

describe('the machine of a single image', () => {
  it.each([
    [create, 'creating', 'createImage'],
    [copy, 'copying', 'copyImage'],
  ])('starts the one task of its kind (%#)', (input, state, src) => {
    const { snapshot, started, emitted } = play(input)
    expect(snapshot.value).toBe(state)
    expect(started).toEqual([expect.objectContaining({ id: src, src, input: input.task })])
    expect(emitted).toEqual([])
  })

  it.each([
    [create, 'createImage'],
    [copy, 'copyImage'],
  ])('tells that the image is there (%#)', (input, id) => {
    const { snapshot, emitted } = play(input, done(id))
    expect([snapshot.value, snapshot.status]).toEqual(['available', 'done'])
    expect(snapshot.output).toEqual({ imageId: 'm-1', error: null })
    expect(emitted).toEqual([{ event: { type: 'image.available', ...own } }])
  })

  it.each([
    [create, 'createImage'],
    [copy, 'copyImage'],
  ])('tells why there is none (%#)', (input, id) => {
    const error = { code: 'Disk.Broken', message: 'the disk broke' }
    const { snapshot, emitted } = play(input, failed(id))
    expect([snapshot.value, snapshot.output]).toEqual(['failed', { imageId: 'm-1', error }])
    expect(emitted).toEqual([{ event: { type: 'image.failed', ...own, error } }])
  })

  it('gives up a copy that is cancelled, and nothing else', () => {
    const { snapshot, emitted } = play(copy, { type: 'CANCEL' })
    expect([snapshot.value, snapshot.status]).toEqual(['cancelled', 'done'])
    expect(emitted).toEqual([{ event: { type: 'image.removed', ...own } }])
    expect(play(create, { type: 'CANCEL' }).snapshot.value).toBe('creating')
  })

  it('has a status in every state', () => {
    const states = Object.keys(imageMachine.states) as Parameters<typeof imageRunStatus>[0][]
    expect(Object.fromEntries(states.map((state) => [state, imageRunStatus(state)]))).toEqual({
      begin: 'Creating',
      creating: 'Creating',
      copying: 'Creating',
      available: 'Available',
      failed: 'CreateFailed',
      cancelled: 'Cancelled',
    })
  })

  it('says that createImage has no function here', async () => {
    const actor = createActor(createImage, {
      input: { ...task, instanceId: 'i-1', snapshotIds: [] },
    })
    actor.subscribe({ error: () => undefined })
    const ended = toPromise(actor)
    actor.start()
    await expect(ended).rejects.toThrow(
      'createImage has no function here: give one in "tasks", or simulate it',
    )
  })
})
