import { describe, expect, test } from 'vitest'
import { setup } from 'xstate'
import { machineJson, type StateJson } from '../../src/engine/machine-json.js'
import { executionMachine } from '../../machines/execution.js'
import { applied, type Change, type Json } from '../../web/model/changes.js'
import { Served } from './server.js'

interface Steps {
  readonly execution: { readonly snapshot: { readonly context: Json } }
  readonly problem: string | null
  readonly records: readonly {
    readonly kind: string
    readonly status?: string
    readonly effects?: readonly { readonly kind: string; readonly id?: string }[]
    readonly changes?: readonly Change[]
  }[]
  readonly work: readonly { readonly id: string; readonly attempt?: number }[]
  readonly images: readonly unknown[]
}

describe('a machine as data', () => {
  const find = (state: StateJson, id: string): StateJson | undefined =>
    state.id === id ? state : state.states.flatMap((each) => find(each, id) ?? []).at(0)

  test('states, tasks and transitions are there, whatever the transition waits for', async () => {
    const server = await Served.open()
    const { body } = await server.control('GET /machines/execution@1')
    expect(body).toEqual(JSON.parse(JSON.stringify(machineJson(executionMachine))))
    const building = find(body['root'] as unknown as StateJson, 'execution.create.building')
    expect(building?.tasks).toEqual([{ id: 'buildImage', src: 'buildImage' }])
    const told = building?.transitions.map(({ kind, on, guard, targets }) =>
      [kind, on, guard ?? 'always', ...targets].join(' '),
    )
    expect(told).toEqual([
      'event CANCEL always execution.cancel',
      'taskDone buildImage hasTests execution.create.testing',
      'taskDone buildImage always execution.copy',
      'taskFailed buildImage always execution.release',
    ])
  })

  test('timers, always and inline guards have names too', () => {
    const machine = setup({}).createMachine({
      id: 'order',
      initial: 'open',
      states: {
        open: { after: { 1000: { target: 'late', guard: () => true } }, always: [] },
        late: { initial: 'a', onDone: 'end', states: { a: { always: 'b' }, b: { type: 'final' } } },
        end: { type: 'final' },
      },
    })
    const { root } = machineJson(machine)
    const [open, late] = root.states
    expect(open?.transitions).toMatchObject([{ kind: 'after', on: '1000', guard: 'guard' }])
    expect(late?.transitions).toMatchObject([{ kind: 'stateDone', on: 'order.late' }])
    expect(late?.states[0]?.transitions).toMatchObject([{ kind: 'always', on: '' }])
  })

  test('one that is not here is not found', async () => {
    const server = await Served.open()
    expect((await server.control('GET /machines/order@7')).status).toBe(404)
  })
})

describe('the steps of an execution', () => {
  test('their changes lead to the snapshot, and their effects are told', async () => {
    const server = await Served.open()
    const { execution } = await server.begun()
    await server.control('POST /clock/advance', { by: '1h' })
    const body = (await server.control(`GET /executions/${execution}/steps`))
      .body as unknown as Steps
    expect(body.problem).toBeNull()
    const all = body.records.flatMap(({ changes = [] }) => changes)
    expect(applied(null, all)).toEqual(body.execution.snapshot.context)
    const statuses = body.records.map(({ status }) => status)
    expect(statuses).toEqual(['PREPARING', 'BUILDING', 'RELEASING', 'SUCCESS'])
    const [first] = body.records
    expect(first?.effects).toMatchObject([{ kind: 'startTask', id: 'prepareInstance' }])
    expect(body.images).toMatchObject([{ Status: 'Available', SharedWith: [] }])
  })

  test('only what came after a seq, with what is pending', async () => {
    const server = await Served.open()
    const { execution } = await server.begun()
    await server.control('POST /clock/jump')
    const { body } = await server.control(`GET /executions/${execution}/steps?after=1`)
    const { records, work } = body as unknown as Steps
    expect(records.map(({ status }) => status)).toEqual(['BUILDING'])
    expect(work).toMatchObject([{ id: 'buildImage', attempt: 1, state: 'running' }])
  })

  test('an execution that is not there is not found', async () => {
    const server = await Served.open()
    expect((await server.control('GET /executions/exec-x/steps')).status).toBe(404)
  })
})

describe('the overview', () => {
  test('has the states that an execution went through, and where the stream goes on', async () => {
    const server = await Served.open()
    const { execution, template } = await server.begun()
    await server.control('POST /clock/advance', { by: '1h' })
    const { body } = await server.control('GET /overview')
    const [row] = body['rows'] as unknown as readonly Record<string, unknown>[]
    expect(row).toMatchObject({ id: execution, key: template, status: 'SUCCESS', images: [1, 1] })
    const moves = row?.['moves'] as readonly (readonly [string, number])[]
    const begin = moves[0]?.[1] ?? 0
    expect(moves.map(([path, at]) => [path, (at - begin) / 1_000])).toEqual([
      ['create.preparing', 0],
      ['create.building', 60],
      ['release', 300],
      ['done', 320],
    ])
    expect(body).toMatchObject({ newest: 4, total: 1, next: null })
  })

  test('comes in pages', async () => {
    const server = await Served.open()
    await server.begun()
    await server.begun()
    const first = await server.control('GET /overview?limit=1')
    expect(first.body).toMatchObject({ total: 2 })
    const second = await server.control(`GET /overview?limit=1&after=${first.body['next']}`)
    expect(second.body).toMatchObject({ next: null, rows: [{ n: 1 }] })
  })
})

describe('what a person presses', () => {
  test('a start is refused as the service refuses it', async () => {
    const server = await Served.open()
    const { template } = await server.begun()
    const { status, body } = await server.control(`POST /templates/${template}/executions`, {})
    expect(status).toBe(403)
    expect(body).toMatchObject({ Code: 'InvalidImagePipeline.HasRunningExecution' })
    expect((await server.control('POST /templates/ip-x/executions', {})).status).toBe(404)
  })

  test('a cancel cancels, until the service would refuse it', async () => {
    const server = await Served.open()
    const { template, execution } = await server.begun()
    expect((await server.control(`POST /executions/${execution}/cancel`)).status).toBe(204)
    expect(await server.status(execution)).toBe('CANCELLING')
    const again = await server.control(`POST /executions/${execution}/cancel`)
    expect(again.status).toBeGreaterThanOrEqual(400)
    await server.control('POST /clock/advance', { by: '1h' })
    const started = await server.control(`POST /templates/${template}/executions`, {
      ClientToken: 'once',
    })
    expect(started.status).toBe(200)
    expect((await server.control('POST /executions/exec-x/cancel')).status).toBe(404)
  })

  test('what is due is told in order, with the clock', async () => {
    const server = await Served.open()
    const { execution } = await server.begun()
    await server.begun()
    const { body } = await server.control('GET /due?limit=1')
    expect(body).toMatchObject({
      mode: 'virtual',
      scale: null,
      more: true,
      due: [{ execution, id: 'prepareInstance', state: 'running', attempt: 1, share: null }],
    })
  })

  test('one step of the clock does one thing of several that are due at once', async () => {
    const server = await Served.open()
    const [first, second] = [await server.begun(), await server.begun()]
    const { body } = await server.control('POST /clock/step')
    expect(body).toMatchObject({ did: { execution: first.execution, id: 'prepareInstance' } })
    expect(await server.status(first.execution)).toBe('BUILDING')
    expect(await server.status(second.execution)).toBe('PREPARING')
  })

  test('an execution becomes a scenario that can be played again', async () => {
    const server = await Served.open()
    const { execution } = await server.begun()
    await server.control('POST /clock/advance', { by: '1h' })
    const { status, text, headers } = await server.control(`GET /executions/${execution}/scenario`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('application/yaml')
    expect(text).toContain('status: SUCCESS')
    expect((await server.control('GET /executions/exec-x/scenario')).status).toBe(404)
  })

  test('up to a step, where there is such a step', async () => {
    const server = await Served.open()
    const { execution } = await server.begun()
    await server.control('POST /clock/advance', { by: '1h' })
    const path = `GET /executions/${execution}/scenario`
    const { status, text } = await server.control(`${path}?step=2`)
    expect(status).toBe(200)
    expect(text).toContain(`Up to step 2 of ${execution}`)
    expect(text).toContain('status: BUILDING')
    const beyond = await server.control(`${path}?step=99`)
    expect([beyond.status, beyond.body['Message']]).toEqual([
      400,
      `${execution} has 4 steps: ask for one from 1 to 4`,
    ])
    expect((await server.control(`${path}?step=0`)).status).toBe(400)
    expect((await server.control('GET /executions/exec-x/scenario?step=1')).status).toBe(404)
  })
})
