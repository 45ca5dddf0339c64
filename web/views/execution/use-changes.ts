import { useRef } from 'preact/hooks'
import { useSeen } from '../../chart/seen.js'
import { changesOf, type ClockChange } from '../../model/clock-changes.js'

/** What was done to the clock, the same for as long as it is. */
export function useChanges(): readonly ClockChange[] {
  const { document, now } = useSeen()
  const changes = useRef<readonly ClockChange[]>([])
  const found = changesOf(document, now)
  const same = found.length === changes.current.length
  if (!same || found.some((each, index) => each !== changes.current[index])) changes.current = found
  return changes.current
}
