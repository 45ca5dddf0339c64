import { useEffect, useMemo, useState } from 'preact/hooks'
import './chart.css'
import './step.css'
import './lived-chart.css'
import { layoutFor } from './elk.js'
import type { MachineModel } from './machine.js'
import { get } from '../lib/api.js'
import { Document, type ExecutionData } from '../model/document.js'
import { momentOf } from '../model/moment.js'
import { Chart } from './chart.js'
import { SeenProvider } from './seen.js'
import { StepPane } from './step-pane.js'

interface LivedChartProps {
  /** Its whole history: it changes no more. */
  readonly data: ExecutionData
  /** The record that is shown. */
  readonly seq: number
  readonly go: (seq: number) => void
}

/** The chart of an execution that was played elsewhere, as it was after a record, and that record. */
export function LivedChart({ data, seq, go }: LivedChartProps) {
  const machine = useMachine(data.execution.machine)
  const document = useMemo(() => Document.of(data, machine), [data, machine])
  const [hovered, hover] = useState<string | null>(null)
  const last = data.records.at(-1)
  const now = data.execution.endedAt ?? last?.at ?? data.execution.startedAt
  const moment = momentOf(document, seq, now)
  const seen = {
    document,
    moment,
    now,
    go: (to: number | null) => go(to ?? last?.seq ?? 1),
    hovered,
    hover,
  }
  return (
    <SeenProvider value={seen}>
      <div class="lived">
        <div class="chart-pane">
          <Chart makeLayout={layoutFor} />
        </div>
        <StepPane />
      </div>
    </SeenProvider>
  )
}

const known = new Map<string, MachineModel>()

function useMachine(key: string): MachineModel | null {
  const [machine, setMachine] = useState(known.get(key) ?? null)
  useEffect(() => {
    if (known.has(key)) return
    const read = async (): Promise<void> => {
      const came = await get<MachineModel>(`/machines/${encodeURIComponent(key)}`)
      known.set(key, came)
      setMachine(came)
    }
    // Without it there is the outline of what its history names.
    read().catch(() => undefined)
  }, [key])
  return machine
}
