import type { Json } from '../json.js'
import { viaJson } from '../json.js'
import { taskError } from '../policy.js'
import type { Step } from '../stepper.js'
import { withCompletion } from '../translate.js'
import { admit } from './admit.js'
import type { Configuration } from './configurations.js'
import { LeftToXState } from './left-to-xstate.js'
import type { Program } from './program.js'
import type { Run } from './run.js'
import { CompiledState, type End } from './state.js'

/** The step that a run comes to. @throws LeftToXState when xstate is to decide what it comes to. */
export function finish(run: Run<Configuration>, { configurations, tasks: lists }: Program): Step {
  const end = run.status === 'active' ? null : endOf(run)
  if (run.refused !== null) throw run.refused
  if (run.doubtful) throw new LeftToXState('a value that JSON may not give back the same')
  const configuration = configurations.rest(run.configuration)
  const { context, shape } = run
  if (end === null) {
    if (configuration.finished) throw new LeftToXState('a machine that would be done if reopened')
    const tasks = run.survivors(lists)
    const state = new CompiledState({ configuration, context, shape, tasks }, null, null)
    return { state, effects: run.effects, changed: true }
  }
  const state = new CompiledState({ configuration, context, shape, tasks: lists.none }, end, null)
  return { state, effects: withCompletion(run.effects, end.status), changed: true }
}

function endOf(run: Run): End {
  const output = run.output === undefined ? undefined : (admit(run.output, undefined, run) as Json)
  const error = run.status === 'error' ? viaJson(taskError(run.error)) : undefined
  return { status: run.status as End['status'], output, error }
}
