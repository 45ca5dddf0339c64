import { took } from '../../lib/time.js'
import { goTo, linkTo } from '../../lib/route.js'
import { keepDraft } from '../../model/drafts.js'
import { Button } from '../../parts/controls.js'
import { Icon, StatusMark } from '../../parts/icon.js'
import { cellOf, fileNameOf, type Met, type PollerReport, storyOf } from './met.js'
import { flawIcons } from './table.js'

interface CellCasesProps {
  readonly report: PollerReport
  readonly end: string
}

/** Every case of a cell, those that went wrong first. */
export function CellCases({ report, end }: CellCasesProps) {
  const { meetings, wrong } = cellOf(report, end)
  const right = meetings.filter((met) => !wrong.includes(met))
  return (
    <>
      <div class="view-head">
        <h2 class="grow cut">{report.name}</h2>
        <StatusMark status={end} />
      </div>
      <p class="pollers-about soft">{report.about}</p>
      <ul class="pollers-cases">
        {[...wrong, ...right].map((met) => (
          <Case key={met.case} poller={report.name} met={met} />
        ))}
      </ul>
    </>
  )
}

function Case({ poller, met }: { readonly poller: string; readonly met: Met }) {
  const open = (): void => {
    if (met.scenario === null) return
    const file = fileNameOf(poller, met)
    keepDraft(`scenarios ${file}`, met.scenario)
    goTo(`${linkTo('scenarios')}?file=${encodeURIComponent(file)}`)
  }
  return (
    <li>
      <p class="row">
        {met.flaws.length === 0 && <Icon name="SUCCESS" size={14} />}
        <b class="grow">{met.case}</b>
        {met.flaws.map((flaw) => (
          <span key={flaw} class={`pollers-flaw ${flaw}`}>
            <Icon name={flawIcons[flaw]} size={14} />
            {flaw}
          </span>
        ))}
      </p>
      <p class="soft">{storyOf(met, took)}</p>
      {met.scenario !== null && (
        <Button icon="open" onPress={open}>
          Open as scenario
        </Button>
      )}
    </li>
  )
}
