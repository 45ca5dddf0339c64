import { get } from '../lib/api.js'
import { Watched } from '../lib/watched.js'
import { isFault, type PlanRule } from './faults.js'

/** How many faults are set, of tasks and of calls. Nobody tells of them, so they are asked for. */
class FaultCount extends Watched {
  /** Null until it is known. */
  value: number | null = null

  async read(): Promise<void> {
    try {
      const [{ plan }, { faults }] = await Promise.all([
        get<{ plan: PlanRule[] }>('/plan'),
        get<{ faults: object[] }>('/faults'),
      ])
      const value = plan.filter(isFault).length + faults.length
      if (value === this.value) return
      this.value = value
    } catch {
      // A server that has no plan has no number here.
      this.value = null
    }
    this.changed()
  }
}

export const faultCount = new FaultCount()
