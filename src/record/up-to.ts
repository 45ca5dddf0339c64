import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replayScenario } from '../compose.js'
import { openStandingStill } from '../fork.js'
import type { DoneItem, Observed } from '../simulate/record/observed.js'
import { scenarioOf } from '../simulate/record/scenario.js'
import { upTo } from '../simulate/record/up-to.js'
import { loadScenario } from '../simulate/scenario/load.js'
import { writeScenario } from '../simulate/scenario/write.js'

/**
 * What had happened when a record of an execution was written. Of what fell due at that instant it has
 * as much as had been done, which is found by doing it once more; what is written with the record,
 * such as the slot that an end frees, comes with it.
 *
 * @throws BakelineError `INVALID_INPUT` for a record that the execution does not have
 */
export async function recordedUpTo(
  observed: Observed,
  execution: string,
  step: number,
): Promise<Observed> {
  const cut = upTo(observed, execution, step)
  if (isWhole(cut)) return cut
  const { items, length } = await doneAgain({ ...cut, lastDone: [] }, execution, step)
  return { ...(length > step ? upTo(observed, execution, length) : cut), lastDone: items }
}

function isWhole({ runs }: Observed): boolean {
  return runs.every(({ records, whole }) => records.length === whole?.records.length)
}

/** What is done of the last instant until the execution has as many records. */
async function doneAgain(
  observed: Observed,
  execution: string,
  step: number,
): Promise<{ readonly items: readonly DoneItem[]; readonly length: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'bakeline-up-to-'))
  try {
    const db = join(folder, 'again.db')
    const scenario = loadScenario(writeScenario(scenarioOf(observed), []), observed.source)
    const steps = scenario.steps.filter(({ kind }) => !kind.startsWith('expect'))
    await replayScenario({ ...scenario, steps }, db)
    const { engine } = await openStandingStill({ db })
    try {
      const items: DoneItem[] = []
      for (;;) {
        const { length } = await engine.history(execution)
        const item = length >= step ? null : await engine.doNext()
        if (item === null) return { items, length }
        items.push(item)
      }
    } finally {
      await engine.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
