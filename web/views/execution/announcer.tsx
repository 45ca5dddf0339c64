import { useEffect, useRef, useState } from 'preact/hooks'
import { pathOf } from '../../model/row.js'
import { useSeen } from '../../chart/seen.js'

/** At most one message in so many milliseconds. */
const quietMs = 5_000

/** Tells a screen reader what state the execution is in now, not more often than one can listen. */
export function Announcer() {
  const { document, moment } = useSeen()
  const [said, setSaid] = useState('')
  const [last, waiting] = [
    useRef({ seq: 0, at: 0 }),
    useRef<ReturnType<typeof setTimeout>>(undefined),
  ]
  const path = moment.step === undefined ? '' : pathOf(moment.step.body.value)
  useEffect(() => {
    const total = document.history.records.length
    const say = (): void => {
      const steps = total - last.current.seq
      last.current = { seq: total, at: Date.now() }
      setSaid(
        moment.live
          ? `${steps} steps, now ${path}, ${moment.status}`
          : `step ${moment.seq}, ${path}`,
      )
    }
    clearTimeout(waiting.current)
    waiting.current = setTimeout(say, Math.max(0, last.current.at + quietMs - Date.now()))
    return () => clearTimeout(waiting.current)
  }, [path, moment.live])
  return (
    <div class="unseen" role="status">
      {said}
    </div>
  )
}
