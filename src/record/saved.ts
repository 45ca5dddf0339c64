import { basename } from 'node:path'
import { replayScenario } from '../compose.js'
import { BakelineError } from '../core/errors.js'
import type { Answers } from '../simulate/record/service/answers.js'
import { readAnswers } from '../simulate/record/service/read.js'
import { serviceRuns, serviceScenario } from '../simulate/record/service/scenario.js'
import { loadScenario } from '../simulate/scenario/load.js'
import { writeScenario } from '../simulate/scenario/write.js'
import { packageVersion } from '../version.js'
import { savedText } from './observe.js'
import type { Recording } from './recording.js'

/**
 * What the service answered, of files that were saved from it; null when the first file is something
 * else.
 *
 * @throws BakelineError `INVALID_INPUT` when a file among them is something else, or not understood
 */
export async function savedAnswers(sources: readonly string[]): Promise<Answers | null> {
  const all: Answers[] = []
  for (const source of sources) {
    const text = await savedText(source)
    const answers = text === null ? null : readAnswers(text, basename(source))
    if (answers !== null) all.push(answers)
    else if (all.length === 0) return null
    else throw mixed(source)
  }
  return {
    executions: all.flatMap(({ executions }) => executions),
    images: all.flatMap(({ images }) => images),
    templates: all.flatMap(({ templates }) => templates),
  }
}

function mixed(source: string): BakelineError {
  const message = `${source} is not what the service answered, as the files before it are`
  return new BakelineError('INVALID_INPUT', message, { source })
}

/** Makes a scenario of what the service answered, and replays it to see whether it is met. */
export async function recordAnswers(
  answers: Answers,
  sources: readonly string[],
  executions: readonly string[],
): Promise<Recording> {
  const source = sources.map((each) => basename(each)).join(', ')
  const runs = serviceRuns(answers, source, executions)
  const { scenario: plain, notes, comments } = serviceScenario(runs, source)
  const many = runs.length === 1 ? '1 execution' : `${runs.length} executions`
  const head = `${many} of the service, told by ${source}, recorded by bakeline ${packageVersion()}.`
  const scenario = writeScenario(plain, [head, ...notes], comments)
  const replayed = await replayScenario(loadScenario(scenario, source), ':memory:')
  const unmet = replayed.beats.flatMap(({ title, failures }) =>
    failures.map((failure) => `${title}: ${failure}`),
  )
  return {
    scenario,
    executions: runs.length,
    records: replayed.records,
    same: replayed.ok,
    compared: 'answers',
    difference: replayed.ok ? null : unmet.join('\n'),
    notes: [],
  }
}
