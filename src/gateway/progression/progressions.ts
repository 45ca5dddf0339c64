import { BakelineError } from '../../core/errors.js'
import type { Engine } from '../../engine/engine.js'
import type { Transaction } from '../../engine/transaction.js'
import { getRow } from '../../imagebuilder/rows.js'
import {
  modeOf,
  parseProgression,
  type Progression,
  progressionSetting,
  type ProgressionSetting,
  progressionsOf,
} from './setting.js'

/** Reads and sets how the executions of a file move on. */
export class Progressions {
  readonly #engine: Engine

  constructor(engine: Engine) {
    this.#engine = engine
  }

  get(): Promise<ProgressionSetting> {
    return this.#engine.read(progressionsOf)
  }

  /**
   * Sets the progression of a template, or the default of all that have none of their own. Live
   * executions that go another way from now on begin the attempts anew that are under way: from
   * `time` they wait, to `time` they take their whole duration from now.
   *
   * @param wanted `time`, `immediate`, `manual`, or `{ mode: 'manual', describes: 3 }`; null gives a
   *   template back to the default, and the default back to `time`
   * @param template an ImagePipelineId; the default when absent
   * @throws BakelineError `INVALID_INPUT`; `NOT_FOUND` for a template that is not there
   */
  set(wanted: unknown, template?: string): Promise<ProgressionSetting> {
    const progression = wanted === null ? null : parseProgression(wanted)
    return this.#engine.transact((tx) => {
      if (template !== undefined && !getRow(tx, 'template', template)) {
        const problem = `there is no image pipeline ${template}`
        throw new BakelineError('NOT_FOUND', problem, { ImagePipelineId: template })
      }
      const before = progressionsOf(tx)
      const live = tx.executions({ live: true, limit: Number.MAX_SAFE_INTEGER })
      const modes = live.map((execution) => modeOf(tx, execution))
      const after = changed(tx, before, progression, template)
      tx.set(progressionSetting, JSON.stringify(after))
      for (const [index, execution] of live.entries()) {
        if (modeOf(tx, execution) !== modes[index]) tx.beginAnew(execution.id)
      }
      return after
    })
  }
}

/** Templates that are gone lose theirs. */
function changed(
  tx: Transaction,
  before: ProgressionSetting,
  to: Progression | null,
  template: string | undefined,
): ProgressionSetting {
  if (template === undefined) return { ...before, default: to ?? { mode: 'time' } }
  const entries = Object.entries(before.templates).filter(
    ([id]) => id !== template && getRow(tx, 'template', id),
  )
  const own: [string, Progression][] = to === null ? [] : [[template, to]]
  return { ...before, templates: Object.fromEntries([...entries, ...own]) }
}
