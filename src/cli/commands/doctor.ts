import { type ClockState, clockName } from '../../core/clock.js'
import { BakelineError } from '../../core/errors.js'
import { formatDuration } from '../../core/duration.js'
import type { MachineReport } from '../../engine/definition.js'
import type { Execution } from '../../engine/types.js'
import type { Finding } from '../../engine/verify.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { timeText } from '../../imagebuilder/rows.js'
import { checkHealth, type Health } from '../../store/sqlite/health.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { count, ours } from '../follow/picture.js'
import { withFile } from '../open.js'
import { oneLine } from '../render/width.js'

/** `bakeline doctor` */
export async function doctor(context: Context): Promise<ExitCode> {
  try {
    return await withFile(context, {}, async (builder) => {
      return tell(context, await examine(builder, context.options.db))
    })
  } catch (error) {
    if (!(error instanceof BakelineError) || error.code !== 'CORRUPT') throw error
    return tell(context, [bad('integrity', error.message)])
  }
}

/** What one check found. */
interface Check {
  readonly name: string
  /** `bad` makes the exit code 1, a `note` is only for knowing. */
  readonly verdict: 'good' | 'note' | 'bad'
  readonly text: string
  readonly details: readonly string[]
}

function good(name: string, text: string): Check {
  return { name, verdict: 'good', text, details: [] }
}

function bad(name: string, text: string, details: readonly string[] = []): Check {
  return { name, verdict: 'bad', text, details }
}

async function examine(builder: ImageBuilder, path: string): Promise<readonly Check[]> {
  const { engine } = builder
  const health = checkHealth(path)
  const { state, now } = await engine.clock()
  const live = await engine.list({ live: true, limit: Number.MAX_SAFE_INTEGER })
  const records = await engine.read((reader) => reader.counter('record'))
  const executions = await engine.read((reader) => reader.counter('execution'))
  return [
    good('database', `${path}, schema ${health.schema}, ${Math.ceil(health.bytes / 1024)} kB`),
    good('clock', clockText(state, now)),
    ...healthChecks(health),
    historyCheck(
      await engine.verify(),
      `${count(executions, 'execution')}, ${count(records, 'record')} so far`,
    ),
    stepCheck(engine.machines()),
    ...stuckCheck(live),
    ...waitingCheck(live),
    ...(await overdueCheck(builder, now)),
    good('running', live.length === 0 ? 'nothing' : count(live.length, 'execution')),
  ]
}

function clockText(state: ClockState, now: number): string {
  const how = state.mode === 'virtual' ? ', which stands still until it is advanced' : ''
  return `${clockName(state)}${how}; it is ${timeText(now)}`
}

function healthChecks({ damage, schemaFaults, broken, rules }: Health): Check[] {
  return [
    damage.length === 0
      ? good('integrity', 'SQLite finds no damage')
      : bad('integrity', 'the file is damaged; restore a copy of it', damage),
    ...(schemaFaults.length === 0
      ? []
      : [bad('schema', 'somebody changed the schema', schemaFaults)]),
    broken.length === 0
      ? good('rules', `all ${rules} hold`)
      : bad(
          'rules',
          `${count(broken.length, 'rule')} broken`,
          broken.flatMap(({ rule, what }) => [
            `not so: ${rule}`,
            ...what.map((each) => `  ${each}`),
          ]),
        ),
  ]
}

function historyCheck(findings: readonly Finding[], size: string): Check {
  if (findings.length === 0) return good('histories', `every one folds to its snapshot (${size})`)
  const details = findings.map(({ executionId, problem }) => `${executionId}: ${problem}`)
  return bad('histories', `${count(findings.length, 'fault')} found`, details)
}

/** Who takes the steps: another's slowness, or a machine that the compiler does not understand. */
function stepCheck(machines: readonly MachineReport[]): Check {
  const names = machines.map(({ machine }) => machine).join(' and ')
  const left = machines.filter(({ compiled }) => !compiled)
  if (left.length === 0) return good('step', `compiled for ${names}`)
  const reasons = left.flatMap(({ machine, reasons }) => reasons.map((why) => `${machine}: ${why}`))
  if (reasons.length === 0) return good('step', `xstate takes those of ${names}, as was asked`)
  return {
    name: 'step',
    verdict: 'note',
    text: `xstate takes those of ${count(left.length, 'machine')}, which is slower and no different`,
    details: reasons,
  }
}

function stuckCheck(live: readonly Execution[]): Check[] {
  const details = live.flatMap(({ id, stuck }) => {
    if (stuck === null) return []
    return [
      `${id} since ${timeText(stuck.at)}, on ${stuck.event}: ${stuck.message}`,
      `  mend what threw, then: bakeline retry ${id}; or give it up: bakeline cancel --force ${id}`,
    ]
  })
  if (details.length === 0) return []
  return [bad('stuck', count(details.length / 2, 'execution'), details)]
}

/** Of machines that this version does not have: it leaves them alone. */
function waitingCheck(live: readonly Execution[]): Check[] {
  const waiting = live.filter(({ machine }) => machine !== ours)
  if (waiting.length === 0) return []
  return [
    {
      name: 'waiting',
      verdict: 'note',
      text: `${count(waiting.length, 'execution')} for a machine that this version does not have`,
      details: waiting.map(
        ({ id, machine }) => `${id} runs ${machine}: use the version that has it`,
      ),
    },
  ]
}

/** What is due was worked off as the file was opened: what is left, nobody here can do. */
async function overdueCheck({ engine }: ImageBuilder, now: number): Promise<Check[]> {
  const late = await engine.read((reader) =>
    reader
      .due({ axis: 'file', until: now - 1, limit: 20 })
      .map(({ id, execution, due, machine }) => {
        const late = formatDuration(now - (due ?? now))
        return `${reader.execution(execution)?.id ?? ''}: ${id} by ${late}, a task of ${machine}`
      }),
  )
  if (late.length === 0) return []
  return [{ name: 'overdue', verdict: 'note', text: 'work that nobody here can do', details: late }]
}

const marks = { good: ['✔', 'green'], note: ['!', 'yellow'], bad: ['✘', 'red'] } as const

function tell({ options, json, say, paint }: Context, checks: readonly Check[]): ExitCode {
  const faults = checks.filter(({ verdict }) => verdict === 'bad').length
  if (options.json) json({ ok: faults === 0, checks })
  else {
    for (const { name, verdict, text, details } of checks) {
      const [mark, format] = marks[verdict]
      say(`${paint(format, mark)} ${name.padEnd(10)}  ${oneLine(text)}`)
      for (const line of details) say(`    ${oneLine(line)}`)
    }
    say(faults === 0 ? 'All is well.' : `${count(faults, 'thing')} to see to.`)
  }
  return faults === 0 ? exitCodes.success : exitCodes.otherEnd
}
