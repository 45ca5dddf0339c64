import type { ExecutionStatus } from '../../../machines/status.js'
import type { Case } from './cases.js'
import type { Poller, PolledService } from './poller.js'
import type { Meeting } from './verdict.js'

/** The service that a case is played on, with what only the stage may see and do. */
export interface Stage extends PolledService {
  /** Executions of the template, oldest first. */
  executions(): Promise<readonly string[]>
  /** What is so, whatever calls are told. */
  truth(executionId: string): Promise<{ status: ExecutionStatus; endedAt: number | null }>
  /** Lets time pass until the execution has ended. */
  toTheEnd(executionId: string): Promise<void>
}

/** Who still waits for what ended half an hour ago will wait for ever. */
const patienceMs = 1_800_000

class Stopped extends Error {}

/** Plays one case to one poller. */
export async function meet(poller: Poller, played: Case, stage: Stage): Promise<Meeting> {
  const said = await claimOf(poller, watched(stage))
  const saidAt = await stage.now()
  const [first, ...more] = await stage.executions()
  const then = first === undefined ? null : (await stage.truth(first)).status
  if (first === undefined) throw new Error(`"${poller.name}" starts nothing`)
  await stage.toTheEnd(first)
  const { status: end, endedAt } = await stage.truth(first)
  return {
    case: played.name,
    ...said,
    saidAt,
    statusThen: then,
    end,
    endedAt: endedAt ?? saidAt,
    starts: 1 + more.length,
  }
}

async function claimOf(
  poller: Poller,
  service: PolledService,
): Promise<Pick<Meeting, 'claim' | 'error'>> {
  try {
    return { claim: await poller.wait(service), error: null }
  } catch (error) {
    if (error instanceof Stopped) return { claim: null, error: null }
    const { code, message } = error as { readonly code?: string; readonly message?: string }
    return { claim: 'failure', error: code ?? message ?? String(error) }
  }
}

/** The same service, which loses patience with a caller who waits for what is over. */
function watched(stage: Stage): PolledService {
  return {
    imageName: stage.imageName,
    start: (token) => stage.start(token),
    status: (id) => stage.status(id),
    cancel: (id) => stage.cancel(id),
    images: (size) => stage.images(size),
    now: () => stage.now(),
    async sleep(ms) {
      const [first] = await stage.executions()
      const ended = first === undefined ? null : (await stage.truth(first)).endedAt
      if (ended !== null && (await stage.now()) > ended + patienceMs) throw new Stopped()
      await stage.sleep(ms)
    },
  }
}
