import { parentPort } from 'node:worker_threads'
import type { RunAnswer, RunRequest } from './fleet-threads.js'
import type { Prepared } from './simulate/fleet/prepared.js'
import { replicate } from './simulate/fleet/replication.js'

/** A thread that plays the runs it is asked for, one at a time. */
let known: { readonly number: number; readonly fleet: Prepared } | null = null

parentPort?.on('message', ({ fleet, prepared, run }: RunRequest) => {
  if (prepared !== null) known = { number: fleet, fleet: prepared }
  parentPort?.postMessage(answerOf(fleet, run), [])
})

function answerOf(number: number, run: number): RunAnswer {
  if (known?.number !== number)
    return { error: new Error(`the thread does not know fleet ${number}`) }
  try {
    return { sample: replicate(known.fleet, run) }
  } catch (error) {
    return { error }
  }
}
