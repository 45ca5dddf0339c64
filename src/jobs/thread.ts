import { parentPort } from 'node:worker_threads'
import { BakelineError } from '../core/errors.js'
import type { Job, JobAnswer } from '../server/jobs.js'
import { ScenarioError } from '../simulate/scenario/error.js'

/** A thread that does jobs for a server, one at a time: its memory is its own, and it can be ended. */
parentPort?.on('message', (job: Job) => {
  void answerTo(job).then((said) => parentPort?.postMessage(said, []))
})

function tell(progress: unknown): void {
  parentPort?.postMessage({ progress }, [])
}

async function answerTo(job: Job): Promise<object> {
  try {
    return await done(job)
  } catch (error) {
    if (error instanceof ScenarioError) return { mistakes: error.mistakes }
    if (error instanceof BakelineError) {
      return { refusal: { code: error.code, message: error.message } }
    }
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/** What a job does not need is not loaded for it. */
async function done(job: Job): Promise<JobAnswer> {
  switch (job.kind) {
    case 'replay':
      return (await import('./replay.js')).replayJob(job)
    case 'explore':
      return (await import('./explore.js')).exploreJob(job, tell)
    case 'fleet':
      return (await import('./fleet.js')).fleetJob(job, tell)
    case 'pollers':
      return (await import('./pollers.js')).pollersJob(tell)
  }
}

parentPort?.postMessage({ ready: true }, [])
