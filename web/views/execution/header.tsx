import { useSettings } from '../../lib/settings.js'
import { clockTime, took } from '../../lib/time.js'
import { model } from '../../model/model.js'
import { Button } from '../../parts/controls.js'
import { StatusMark } from '../../parts/icon.js'
import { Actions } from './actions.js'
import { useSeen } from '../../chart/seen.js'

interface HeaderProps {
  /** Of an exported file: nothing can be done with it. */
  readonly still: boolean
  /** Opens or closes what has no room beside; null where it has. */
  readonly side: (() => void) | null
  readonly sideOpen: boolean
}

/** What it is, and what can be done with it. */
export function Header({ still, side, sideOpen }: HeaderProps) {
  const { document, moment } = useSeen()
  const { data } = document
  const row = data?.execution
  const began = row?.startedAt ?? moment.at
  return (
    <header class="execution-head">
      <div class="grow">
        <nav class="crumbs small" aria-label="Where this is">
          {still ? <span>Bakeline</span> : <a href="#/executions">Executions</a>}
          <span aria-hidden="true">›</span>
          {row !== undefined && <Of id={row.key} machine={row.machine} still={still} />}
        </nav>
        <div class="row head-line">
          <h1 class="mono">{document.id}</h1>
          {moment.status !== '' && <StatusMark status={moment.status} chip />}
          <span class="head-facts faint">
            {took(moment.at - began)},{' '}
            {moment.live
              ? `${document.history.records.length} steps`
              : `${moment.between ? 'after ' : ''}step ${moment.seq}`}
          </span>
          <span class="head-facts faint mono">{row?.machine}</span>
        </div>
      </div>
      {!moment.live && <BackToNow />}
      {side !== null && (
        <Button pressed={sideOpen} onPress={side}>
          History
        </Button>
      )}
      {!still && row !== undefined && <Actions />}
    </header>
  )
}

interface OfProps {
  readonly id: string | null
  readonly machine: string
  readonly still: boolean
}

function Of({ id, machine, still }: OfProps) {
  if (id === null) return <span class="mono">{machine}</span>
  const name = model.nameOf({ key: id, machine })
  return (
    <span>
      {name} {name !== id && <code class="faint">{id}</code>}
      {still && <span class="faint"> exported</span>}
    </span>
  )
}

function BackToNow() {
  const { zone } = useSettings()
  const { document, moment, now, go } = useSeen()
  const ended = document.data?.execution.endedAt ?? null
  return (
    <div class="back-plate">
      <span>
        <span class="long">You are looking at </span>
        {moment.between && `${clockTime(moment.at, zone)}, after `}step {moment.seq} of{' '}
        {document.history.records.length}, {took((ended ?? now) - moment.at)}{' '}
        {ended === null ? 'ago' : 'before its end'}
      </span>
      <Button kind="main" keys="Esc" onPress={() => go(null)}>
        Back to now
      </Button>
    </div>
  )
}
