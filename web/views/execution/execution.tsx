import { useEffect, useMemo } from 'preact/hooks'
import '../../chart/chart.css'
import '../../chart/step.css'
import './execution.css'
import './gantt.css'
import { layoutFor } from '../../chart/elk.js'
import { useNarrow } from '../../lib/narrow.js'
import { setQuery, useRoute } from '../../lib/route.js'
import { Document } from '../../model/document.js'
import { ExecutionView } from './view.js'

/** One execution, at the address `#/executions/<id>?step=21`. */
export function Execution() {
  const { parts, query } = useRoute()
  const [, id = ''] = parts
  const document = useMemo(() => new Document(id), [id])
  useEffect(() => document.open(), [document])
  const narrow = useNarrow()
  useEffect(() => (narrow ? undefined : layOut(document)), [document, narrow])
  const step = Number(query.get('step'))
  return (
    <ExecutionView
      document={document}
      asked={Number.isInteger(step) && step > 0 ? step : null}
      askedTime={query.get('at') === null ? null : Number(query.get('at'))}
      onGo={(seq, time) =>
        setQuery(
          {
            step: seq === null ? null : String(seq),
            at: time === null ? null : String(Math.round(time)),
          },
          'often',
        )
      }
      makeLayout={layoutFor}
      stillAt={null}
    />
  )
}

/** Asks for the layout when the machine is known: to draw the view for the first time takes as long. */
function layOut(document: Document): () => void {
  const unwatch = document.watch(() => {
    if (document.machine === null) return
    unwatch()
    // The chart asks too, and says what is wrong.
    layoutFor(document.machine).catch(() => undefined)
  })
  return unwatch
}
