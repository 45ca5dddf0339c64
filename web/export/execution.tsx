import { useEffect, useState } from 'preact/hooks'
import '../chart/chart.css'
import '../chart/step.css'
import '../views/execution/execution.css'
import '../views/execution/gantt.css'
import type { Layout } from '../chart/layout.js'
import type { MachineModel } from '../chart/machine.js'
import { listenForKeys } from '../lib/keys.js'
import { setQuery, useRoute } from '../lib/route.js'
import { setSetting, useSettings } from '../lib/settings.js'
import { dateText, clockTime } from '../lib/time.js'
import type { ClockChange } from '../model/clock-changes.js'
import { Document, type ExecutionData } from '../model/document.js'
import { Segmented } from '../parts/controls.js'
import { Icon } from '../parts/icon.js'
import { ThemeButton } from './theme-button.js'
import { ExecutionView } from '../views/execution/view.js'

/** What `bakeline export` puts into the file. */
export interface ExportedExecution {
  readonly data: ExecutionData
  /** Null where the machine was not there. */
  readonly machine: MachineModel | null
  readonly layout: Layout | null
  /** What was done to the clock meanwhile; absent in files of before it was kept. */
  readonly clock?: readonly ClockChange[]
  /** The time of the service when it was exported. */
  readonly now: number
  readonly name: string
  readonly version: string
}

/** One execution as a file of its own: everything to look at, nothing to press. */
export function ExecutionPage({ exported }: { readonly exported: ExportedExecution }) {
  const { query } = useRoute()
  const { zone } = useSettings()
  const [document] = useState(() => Document.of(exported.data, exported.machine, exported.clock))
  useEffect(listenForKeys, [])
  const step = Number(query.get('step'))
  const { layout, now, version, name } = exported
  return (
    <div class="exported">
      <header class="top">
        <span class="brand">
          <Icon name="brand" size={18} />
          {name}
        </span>
        <span class="grow faint cut">
          exported {dateText(now, zone)} {clockTime(now, zone)} by bakeline {version}
        </span>
        <Segmented
          label="Zone of all times"
          value={zone}
          options={[
            ['utc', 'UTC'],
            ['local', 'Local'],
          ]}
          onPick={(each) => setSetting('zone', each)}
        />
        <ThemeButton />
      </header>
      <main class="view">
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
          makeLayout={() =>
            layout === null
              ? Promise.reject(new Error('it was not laid out'))
              : Promise.resolve(layout)
          }
          stillAt={now}
        />
      </main>
    </div>
  )
}
