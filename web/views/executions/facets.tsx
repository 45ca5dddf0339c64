import { useMemo, useRef } from 'preact/hooks'
import { pure } from '../../lib/pure.js'
import { colourOf, endedStatuses, isStatus, liveStatuses } from '../../model/status.js'
import { Icon } from '../../parts/icon.js'
import { type Filter, toggleStatus } from './list.js'

interface FacetsProps {
  readonly filter: Filter
  readonly counts: ReadonlyMap<string, number>
}

/** How many there are of each status; a click shows these only, with Alt all others. */
export function Facets({ filter, counts }: FacetsProps) {
  const others = [...counts.keys()].filter((status) => !isStatus(status)).sort()
  const toggle = useToggle(filter)
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['Live', liveStatuses],
    ['Ended', endedStatuses],
    ...(others.length === 0 ? [] : [['Others', others] as const]),
  ]
  return (
    <div class="facets">
      {lines.map(([name, statuses]) => (
        <div key={name} class="facet-line" role="group" aria-label={`Statuses: ${name}`}>
          <span class="faint">{name}</span>
          {statuses.map((status) => (
            <Facet
              key={status}
              status={status}
              count={counts.get(status) ?? 0}
              only={filter.only.includes(status)}
              excluded={filter.not.includes(status)}
              onToggle={toggle}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

interface FacetProps {
  readonly status: string
  readonly count: number
  readonly only: boolean
  readonly excluded: boolean
  readonly onToggle: Toggle
}

type Toggle = (status: string, exclude: boolean) => void

/** The same function for as long as facets are there, so that none is drawn for its sake. */
function useToggle(filter: Filter): Toggle {
  const newest = useRef(filter)
  newest.current = filter
  return useMemo(() => (status, exclude) => toggleStatus(newest.current, status, exclude), [])
}

const Facet = pure(({ status, count, only, excluded, onToggle }: FacetProps) => {
  return (
    <button
      type="button"
      class={excluded ? 'facet excluded' : 'facet'}
      style={{ '--c': colourOf(status) }}
      aria-pressed={only}
      title={
        excluded
          ? 'Left out; Alt click shows it again'
          : 'Click: only these. Alt click: all but these.'
      }
      onClick={(event) => onToggle(status, event.altKey || excluded)}
    >
      <span class="status">
        <Icon name={isStatus(status) ? status : 'running'} />
        {status}
      </span>
      <b>{String(count)}</b>
      {excluded && <span class="unseen">left out</span>}
    </button>
  )
})
