import { z } from 'zod'
import { BakelineError } from '../../../core/errors.js'
import { endpoint } from '../endpoint.js'
import { closed, instant, instantOf, plainName } from '../shapes.js'
import type { Snapshot } from '../../service.js'

const snapshot = z
  .object({ name: z.string(), bytes: z.number().int(), savedAt: instant })
  .meta({ id: 'snapshot' })

const named = closed('a field of a snapshot', { name: plainName })
const taken = [400, 'INVALID_INPUT', 'there is a snapshot of that name'] as const
const halfPast = [400, 'INVALID_INPUT', 'the step is not there, or cannot be played again'] as const
const noExecution = [404, 'NOT_FOUND', 'there is no execution of that id'] as const
const missing = [404, 'NOT_FOUND', 'there is no snapshot of that name'] as const

const list = endpoint({
  method: 'get',
  path: '/snapshots',
  name: 'listSnapshots',
  summary: 'The states that were put aside.',
  answer: z.object({ snapshots: z.array(snapshot) }),
  run: async ({ service }) => ({ snapshots: (await service.snapshots.list()).map(shown) }),
})

const save = endpoint({
  method: 'post',
  path: '/snapshots',
  name: 'saveSnapshot',
  summary: 'Puts the state aside under a name. It is a database file like any other.',
  body: named,
  answer: snapshot,
  refusals: [taken],
  run: async ({ service, body }) => shown(await service.snapshots.save(body.name)),
})

const fork = endpoint({
  method: 'post',
  path: '/snapshots/fork',
  name: 'forkSnapshot',
  summary:
    'Puts a copy of the state aside whose clock stands still, to be played on from here: load it, ' +
    'or open its file with the command line. With an execution and a step it stands where that step had ' +
    'just been taken: what led there is played once more, and of the rest there are the templates.',
  body: closed('a field of a fork', {
    name: plainName,
    execution: z.string().optional(),
    step: z.number().int().min(1).optional().meta({ description: 'A number of its history.' }),
  }),
  answer: snapshot,
  refusals: [taken, halfPast, noExecution],
  async run({ service, body: { name, execution, step } }) {
    if ((execution === undefined) !== (step === undefined)) {
      throw new BakelineError('INVALID_INPUT', 'an execution and a step belong together')
    }
    const past = execution === undefined || step === undefined ? undefined : { execution, step }
    return shown(await service.snapshots.fork(name, past))
  },
})

const file = endpoint({
  method: 'get',
  path: '/snapshots/{name}/file',
  name: 'readSnapshot',
  summary: 'A saved state as the database file that it is.',
  answer: { contentType: 'application/vnd.sqlite3', says: 'A SQLite database file.' },
  refusals: [missing],
  async run({ service, path: { name } }) {
    const bytes = new Uint8Array(await service.snapshots.read(name))
    return new Response(bytes, { headers: { 'content-type': 'application/vnd.sqlite3' } })
  },
})

const load = endpoint({
  method: 'post',
  path: '/snapshots/{name}/load',
  name: 'loadSnapshot',
  summary: 'Puts a saved state in the place of what runs. Faults and throttling are gone.',
  refusals: [missing],
  alone: true,
  async run({ service, path: { name } }) {
    await service.snapshots.load(name)
  },
})

const remove = endpoint({
  method: 'delete',
  path: '/snapshots/{name}',
  name: 'removeSnapshot',
  summary: 'Deletes a saved state.',
  refusals: [missing],
  async run({ service, path: { name } }) {
    await service.snapshots.remove(name)
  },
})

function shown({ name, bytes, savedAt }: Snapshot): z.output<typeof snapshot> {
  return { name, bytes, savedAt: instantOf(savedAt) }
}

export const snapshotEndpoints = [list, save, fork, file, load, remove]
