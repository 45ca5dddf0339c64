import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { stepsOf } from '../../imagebuilder/steps.js'
import type { Lived } from './types.js'

/** Of more than so many executions nobody looks at each. */
const most = 100

/** Keeps the histories of a run's executions, also of those that a step of the scenario deletes. */
export class Lives {
  readonly #kept = new Map<string, Lived>()

  /** Takes in how it stands with executions, by their names; what is gone stays as it was last. */
  async look(builder: ImageBuilder, executions: ReadonlyMap<string, string>): Promise<void> {
    for (const [name, id] of [...executions].slice(0, most)) {
      if ((await builder.engine.get(id)) === undefined) continue
      this.#kept.set(id, { name, steps: await stepsOf(builder.engine, id) })
    }
  }

  get all(): readonly Lived[] {
    return [...this.#kept.values()]
  }
}
