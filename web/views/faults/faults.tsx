import './faults.css'
import { useLoaded } from '../../lib/loaded.js'
import { setQuery, useRoute } from '../../lib/route.js'
import { Segmented } from '../../parts/controls.js'
import { CallFaults } from './call-faults.js'
import { CrashButton } from './crash-button.js'
import { TaskFaults } from './task-faults.js'

/** What is made to go wrong: attempts of tasks, and calls. */
export function Faults() {
  const { query } = useRoute()
  const kind = query.get('of') === 'calls' ? 'calls' : 'tasks'
  const world = useLoaded<{ regions: { RegionId: string }[] }>('/world')
  const regions = world.value?.regions.map(({ RegionId }) => RegionId) ?? []
  const tabs = (
    <Segmented
      label="Faults of"
      value={kind}
      options={[
        ['tasks', 'Tasks'],
        ['calls', 'API operations'],
      ]}
      onPick={(of) => setQuery({ of: of === 'tasks' ? null : of })}
    />
  )
  if (kind === 'tasks') return <TaskFaults regions={regions} tabs={tabs} />
  return (
    <div class="faults">
      <div class="view-head">
        <h1>Faults</h1>
        <span class="faint">of calls; they last as long as this process</span>
        <span class="grow" />
        {tabs}
        <CrashButton />
      </div>
      <CallFaults regions={regions} />
    </div>
  )
}
