import type { FaultEntry } from '../../gateway/faults/faults.js'
import type { FaultRule } from '../../gateway/faults/rule.js'
import type { Context } from '../context.js'
import { CliError, type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { type Cell, table } from '../render/table.js'
import { ask, serverOf } from '../server.js'

interface ServerOption {
  readonly server?: string
}

/** The fields of a rule as they are typed; numbers are still text. */
interface SetOptions extends ServerOption {
  readonly operation?: string
  readonly account?: string
  readonly task?: string
  readonly template?: string
  readonly attempt?: string
  readonly nth?: string
  readonly first?: string
  readonly every?: string
  readonly probability?: string
  readonly latency?: string
  readonly answer?: string
  readonly status?: string
  readonly message?: string
  readonly drop?: string
  readonly crash?: string
}

/** `bakeline fault list` */
export async function list(
  context: Context,
  _: readonly [],
  { server }: ServerOption,
): Promise<ExitCode> {
  const answer = await ask(serverOf(context, server), { method: 'GET', path: '/faults' })
  const { faults } = answer as { readonly faults: readonly FaultEntry[] }
  if (context.options.json) context.json({ faults })
  else if (faults.length === 0) context.say('No faults; "fault set" adds one.')
  else context.io.stdout.write(table(headings, faults.map(row), context.paint))
  return exitCodes.success
}

/** `bakeline fault set` */
export async function set(
  context: Context,
  _: readonly [],
  { server, ...options }: SetOptions,
): Promise<ExitCode> {
  const { typedRegion: region } = context.options
  const body = { ...ruleOf(options), ...(region === undefined ? {} : { region }) }
  const asked = ask(serverOf(context, server), { method: 'POST', path: '/faults', body })
  const fault = (await asked.catch(byOption)) as FaultEntry
  if (context.options.json) context.json(fault)
  else context.say(`${fault.id}  ${aboutText(fault.rule)}: ${doesText(fault.rule)}`)
  return exitCodes.success
}

/** `bakeline fault clear [fault...]` */
export async function clear(
  context: Context,
  [ids]: readonly [readonly string[]],
  { server }: ServerOption,
): Promise<ExitCode> {
  const at = serverOf(context, server)
  if (ids.length === 0) await ask(at, { method: 'DELETE', path: '/faults' })
  for (const id of ids) {
    await ask(at, { method: 'DELETE', path: `/faults/${encodeURIComponent(id)}` })
  }
  if (context.options.json) context.json({ cleared: ids.length === 0 ? 'all' : ids })
  else context.say(ids.length === 0 ? 'No faults are left.' : `Cleared ${ids.join(', ')}.`)
  return exitCodes.success
}

/** What `POST /faults` reads; whatever is wrong with it the server knows best. */
function ruleOf({ answer, status, message, ...options }: Omit<SetOptions, 'server'>): object {
  if (answer === undefined && (status ?? message) !== undefined) {
    throw wrongInput('--status and --message are of an answer: give --answer with its code')
  }
  const { attempt, nth, first, every, probability, ...words } = options
  const numbers = Object.entries({ attempt, nth, first, every, probability })
  return {
    ...words,
    ...Object.fromEntries(numbers.flatMap(([name, text]) => numberOf(name, text))),
    ...(answer === undefined
      ? {}
      : {
          answer: {
            code: answer,
            message: message ?? 'A fault that was set says so.',
            ...Object.fromEntries(numberOf('status', status ?? '400')),
          },
        }),
  }
}

function numberOf(name: string, text: string | undefined): (readonly [string, number])[] {
  if (text === undefined) return []
  const number = Number(text)
  if (text.trim() !== '' && !Number.isNaN(number)) return [[name, number]]
  throw wrongInput(`--${name}: "${text}" is not a number`)
}

/** The options that say a field of the body which is called otherwise. */
const optionOf: Readonly<Record<string, string>> = {
  'answer.code': 'answer',
  'answer.status': 'status',
  'answer.message': 'message',
}

/** A refusal that names fields of the body names the options that were typed. */
function byOption(error: unknown): never {
  if (!(error instanceof CliError)) throw error
  const message = error.message.replaceAll(
    /^(?:body\.([\w.]+): (?:"\w+" )?|fault: ([\w.]+): )/gm,
    (_, ofBody: string | undefined, ofRule = '') => {
      const field = ofBody ?? ofRule
      return `--${optionOf[field] ?? field}: `
    },
  )
  throw new CliError(error.exitCode, error.code, message, error.details)
}

const headings = ['FAULT', 'ABOUT', 'DOES', 'HIT']

function row({ id, rule, matched, hits }: FaultEntry): Cell[] {
  return [id, aboutText(rule), doesText(rule), `${hits} of ${matched}`]
}

/** `copyImage in cn-beijing, attempt 1`, `any call of 1284387915995949`. */
function aboutText({ operation, region, account, task, template, attempt }: FaultRule): string {
  const where = region === undefined ? '' : ` in ${region}`
  const whose = account === undefined ? '' : ` of ${account}`
  const which = template === undefined ? '' : ` of ${template}`
  const n = attempt === undefined ? '' : `, attempt ${attempt}`
  return `${task ?? operation ?? 'any call'}${where}${whose}${which}${n}`
}

/** `waits 2s, drops the answer, the first 3 times`. */
function doesText(rule: FaultRule): string {
  const { latency, answer, drop, crash, nth, first, every, probability } = rule
  const does = [
    ...(latency === undefined
      ? []
      : [`waits ${typeof latency === 'number' ? `${latency}ms` : latency}`]),
    ...(answer === undefined ? [] : [`answers ${answer.status} ${answer.code}`]),
    ...(drop === undefined ? [] : [`drops the ${drop}`]),
    ...(crash === undefined ? [] : [`crashes ${crash} it is kept`]),
  ]
  const when = [
    ...(nth === undefined ? [] : [`time ${nth} alone`]),
    ...(first === undefined ? [] : [first === 1 ? 'the first time' : `the first ${first} times`]),
    ...(every === undefined ? [] : [`every ${every} times`]),
    ...(probability === undefined ? [] : [`with probability ${probability}`]),
  ]
  return [...does, ...when].join(', ')
}
