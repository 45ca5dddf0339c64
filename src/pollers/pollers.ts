import { systemWall } from '../clock/system-wall.js'
import { openImageBuilder } from '../compose.js'
import { parseClock } from '../core/clock.js'
import { Gateway } from '../gateway/gateway.js'
import { allCases, type Case } from '../simulate/pollers/cases.js'
import { knownPollers } from '../simulate/pollers/known.js'
import { planSetting } from '../simulate/plan/rule.js'
import type { Poller } from '../simulate/pollers/poller.js'
import { scenarioOf } from '../simulate/pollers/scenario.js'
import { meet } from '../simulate/pollers/stage.js'
import { type Flaw, flawsOf, type Meeting } from '../simulate/pollers/verdict.js'
import { memory } from '../store/memory/memory.js'
import { others, otherTemplate, stageRules, stageTemplate } from './setting.js'
import { LiveStage } from './stage.js'

/** How a poller met one case. */
export interface Met extends Meeting {
  /** What is wrong with how it waited; empty when nothing is. */
  readonly flaws: readonly Flaw[]
  /** The case as a scenario that `replay` plays: what was done, when, and how it ended. */
  readonly scenario: string
}

/** A poller with how it met every case. */
export interface PollerReport {
  readonly name: string
  readonly about: string
  readonly meetings: readonly Met[]
}

export interface PollersOptions {
  /** Those that are known when absent. */
  readonly pollers?: readonly Poller[]
  /** Told of each poller when it is done. */
  readonly onReport?: (report: PollerReport) => void
}

const start = 'virtual@2026-01-05T02:00:00Z'

/**
 * Plays everything that can become of an execution to every poller, in virtual time and through the
 * service's own gateway, and says which of them hang, lie or start twice.
 *
 * @throws Error for a poller that starts nothing
 */
export async function pollers({
  pollers: asked = knownPollers,
  onReport,
}: PollersOptions = {}): Promise<readonly PollerReport[]> {
  const reports: PollerReport[] = []
  for (const poller of asked) {
    const { name, about } = poller
    const meetings: Met[] = []
    for (const each of allCases()) meetings.push(await played(poller, each))
    const report = { name, about, meetings }
    onReport?.(report)
    reports.push(report)
  }
  return reports
}

async function played(poller: Poller, each: Case): Promise<Met> {
  const settings = { seed: '1', [planSetting]: JSON.stringify(stageRules(each)) }
  const store = memory({ clock: parseClock(start, 0), settings })
  const builder = await openImageBuilder({ db: store, worker: false })
  try {
    const gateway = await Gateway.open({ builder, wall: systemWall })
    const stage = await LiveStage.set(builder, gateway, each)
    const meeting = await meet(poller, each, stage)
    const flaws = flawsOf(poller, meeting)
    const scenario = scenarioOf({
      case: { ...each, plan: stageRules(each) },
      about: `${poller.name} ${flaws.length === 0 ? 'is right' : flaws.join(' and ')} here`,
      templates: {
        web: stageTemplate,
        ...Object.fromEntries(
          each.crowded ? others.map((name) => [name, otherTemplate(name)]) : [],
        ),
      },
      deeds: stage.deeds,
      end: meeting.end,
    })
    return { ...meeting, flaws, scenario }
  } finally {
    await builder.engine.close()
  }
}
