import { replayScenario } from '../compose.js'
import { BakelineError } from '../core/errors.js'
import { compareRecords } from '../simulate/record/compare.js'
import { idsToState } from '../simulate/record/ids.js'
import type { Observed } from '../simulate/record/observed.js'
import { withRivals } from '../simulate/record/rivals.js'
import { scenarioOf } from '../simulate/record/scenario.js'
import { writeScenario } from '../simulate/scenario/write.js'
import { loadScenario } from '../simulate/scenario/load.js'
import { packageVersion } from '../version.js'
import { observe } from './observe.js'
import { recordedUpTo } from './up-to.js'
import type { Recording } from './recording.js'
import { recordAnswers, savedAnswers } from './saved.js'

export interface RecordOptions {
  /** Ids of executions; absent: all of them. */
  readonly executions?: readonly string[]
  /**
   * Of one execution: the number of a record of its history, up to which the scenario goes. Its plan
   * has what followed as well, where that is known.
   */
  readonly step?: number
}

/**
 * Makes a scenario of executions that ran, and replays it to see whether it goes the same way.
 *
 * @param from a database file, the address of an emulator (`http://127.0.0.1:4526`), a file with its
 *   event stream, or files with what the service answered to DescribeImagePipelineExecutions,
 *   DescribeImages and DescribeImagePipelines
 * @throws BakelineError `NOT_FOUND` for an execution that is not there, `INVALID_INPUT` for what no
 *   scenario can repeat or what cannot be read, `STORE` when the file cannot be used
 */
export async function record(
  from: string | readonly string[],
  options: RecordOptions = {},
): Promise<Recording> {
  const sources = typeof from === 'string' ? [from] : from
  const executions = options.executions ?? []
  const { step } = options
  if (step !== undefined && executions.length !== 1) {
    throw new BakelineError('INVALID_INPUT', 'a step is of an execution: name the one')
  }
  const answers = await savedAnswers(sources)
  if (answers !== null && step !== undefined) {
    throw new BakelineError('INVALID_INPUT', 'what the service answers knows of no steps')
  }
  if (answers !== null) return recordAnswers(answers, sources, executions)
  const [source, another] = sources
  if (source === undefined || another !== undefined) {
    const message = 'a scenario is of one source: only files of the service can be several'
    throw new BakelineError('INVALID_INPUT', message)
  }
  const { observed, notes } = selected(await observe(source), executions)
  if (step === undefined) return recordHistory(observed, notes)
  return recordHistory(await recordedUpTo(observed, executions[0] as string, step), [
    `Up to step ${step} of ${executions[0]}.`,
    ...notes,
  ])
}

/** Of what is known record by record. */
async function recordHistory(observed: Observed, notes: readonly string[]): Promise<Recording> {
  const whole = scenarioOf(observed)
  const { ids: _, ...rest } = whole
  const stated = idsToState(loadScenario(writeScenario(whole, []), observed.source))
  const runs = observed.runs.length
  const head = [
    `${runs === 1 ? '1 execution' : `${runs} executions`} of ${observed.source}, ` +
      `recorded by bakeline ${packageVersion()}.`,
    ...notes,
  ]
  const scenario = writeScenario(
    { ...rest, ...(stated === undefined ? {} : { ids: stated }) },
    head,
  )
  const replayed = await replayScenario(loadScenario(scenario, observed.source), ':memory:')
  const { records, difference } = compareRecords(observed, replayed.trace)
  const unmet = replayed.beats.flatMap(({ title, failures }) =>
    failures.map((failure) => `${title}: ${failure}`),
  )
  const problems = [...unmet.slice(0, 1), ...(difference === null ? [] : [difference])]
  return {
    scenario,
    executions: runs,
    records,
    same: problems.length === 0,
    compared: 'records',
    difference: problems.length === 0 ? null : problems.join('\n'),
    notes,
  }
}

/** The executions that are asked for, with those that kept them waiting. */
function selected(
  observed: Observed,
  ids: readonly string[],
): { readonly observed: Observed; readonly notes: readonly string[] } {
  if (ids.length === 0) return { observed, notes: [] }
  for (const id of ids) {
    if (observed.runs.some((run) => run.id === id)) continue
    const message = `there is no execution "${id}" in ${observed.source}`
    throw new BakelineError('NOT_FOUND', message, { execution: id })
  }
  const asked = new Set(ids)
  const runs = withRivals(observed.runs, asked)
  const others = runs.filter(({ id }) => !asked.has(id)).map(({ id }) => id)
  const notes =
    others.length === 0 ? [] : [`With ${others.join(', ')}: they copied to the same regions.`]
  return { observed: { ...observed, runs }, notes }
}
