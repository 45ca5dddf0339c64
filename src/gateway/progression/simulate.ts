import type { Simulate } from '../../engine/simulate.js'
import { modeOf } from './setting.js'

/** A simulator that keeps the file's progressions. */
export function withProgression(simulate: Simulate): Simulate {
  return (facts, reader) => {
    const attempt = simulate(facts, reader)
    if (attempt === null) return null
    switch (modeOf(reader, facts)) {
      case 'time':
        return attempt
      case 'immediate':
        return { ...attempt, duration: 0, pause: 0 }
      case 'manual':
        return { ...attempt, duration: null }
    }
  }
}
