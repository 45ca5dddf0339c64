import type { EventData } from '../../core/effects.js'
import type { StepRecord } from '../../core/history.js'
import type { RecordRow } from '../../core/ports.js'

/**
 * Records are most of a file, and most records say one of three things. Those are kept in short, with
 * a tab between the parts, which JSON text never holds unescaped:
 *
 * - `d⇥TASK⇥OUTPUT⇥VALUE⇥EFFECTS`: the step that a task's end is, done;
 * - `s⇥EVENT⇥VALUE⇥EFFECTS`: any other step;
 * - `a⇥TASK⇥ATTEMPT`: a real function was begun, as older files have it.
 *
 * A step that is the end of a real function has two parts more: its attempt, and since when it ran.
 * A state value that is one word stands without its quotes. Everything else stays the JSON text that
 * it is. What is read is what was written, to the byte.
 */
const tab = '\t'

const doneType = 'xstate.done.actor.'
const doneKeys = 'type,output,actorId'
const doneHead = `{"event":{"type":"${doneType}`
const outputPart = '","output":'
const stepHead = '{"event":'
const valuePart = ',"value":'
const effectsPart = ',"effects":"'
const stepTail = '"}'
const startedHead = '{"task":"'
const attemptPart = '","attempt":'
const startedTail = ',"phase":"started"}'

/** What a step ends with that is the end of a real function: this, and as below. */
const ranPart = '","attempt":'
const ranRest = /^(\d+),"since":(\d+)\}$/

/** The text that is stored for the body of a record. */
export function packed(row: RecordRow): string {
  return (row.said === undefined ? null : packedSaid(row.said)) ?? pack(row.body)
}

/** Short as `pack` makes it, without a text that is first made and then taken apart; null for odd ones. */
function packedSaid({ event, value, effects, attempt, since }: StepRecord): string | null {
  const isWord = typeof value === 'string' && word.test(value)
  const place = isWord ? value : JSON.stringify(value)
  if (!isWord && letter.test(place)) return null
  const head = event.type.startsWith(doneType) ? saidEnd(event) : `s${tab}${JSON.stringify(event)}`
  if (head === null) return null
  const step = `${head}${tab}${place}${tab}${effects}`
  return attempt === undefined ? step : `${step}${tab}${attempt}${tab}${since}`
}

/** The end of a task, done, when there is nothing about it but its output. */
function saidEnd(event: EventData): string | null {
  const { type, output, actorId } = event
  if (typeof actorId !== 'string' || type !== `${doneType}${actorId}`) return null
  if (output === undefined || !plainId.test(actorId)) return null
  if (Object.keys(event).join() !== doneKeys) return null
  return `d${tab}${actorId}${tab}${JSON.stringify(output)}`
}

/** The text that is stored for a body. */
export function pack(body: string): string {
  if (body.includes(tab)) return body
  if (body.startsWith(startedHead)) return packedStarted(body) ?? body
  if (!body.startsWith(stepHead)) return body
  if (body.endsWith(stepTail)) return packedPlain(body, body.length - stepTail.length) ?? body
  const ranAt = body.lastIndexOf(ranPart)
  const ran = ranAt < 0 ? null : ranRest.exec(body.slice(ranAt + ranPart.length))
  if (ran === null) return body
  const plain = packedPlain(body, ranAt)
  return plain === null ? body : `${plain}${tab}${ran[1]}${tab}${ran[2]}`
}

/** @param end where the text of the effects ends in the body */
function packedPlain(body: string, end: number): string | null {
  return (body.startsWith(doneHead) ? packedDone(body, end) : null) ?? packedStep(body, end)
}

/** The body that was packed. */
export function unpack(stored: string): string {
  if (stored.startsWith('{') || !stored.includes(tab)) return stored
  const [form, a = '', b = '', c = '', ...rest] = stored.split(tab)
  switch (form) {
    case 'd': {
      const [d = '', ...ran] = rest
      return `${doneHead}${a}${outputPart}${b}${actorPart(a)}${quoted(c)}${effectsPart}${d}${tailOf(ran)}`
    }
    case 's':
      return `${stepHead}${a}${valuePart}${quoted(b)}${effectsPart}${c}${tailOf(rest)}`
    case 'a':
      return `${startedHead}${a}${attemptPart}${b}${startedTail}`
    default:
      return stored
  }
}

function tailOf([attempt, since]: readonly string[]): string {
  return attempt === undefined ? stepTail : `","attempt":${attempt},"since":${since}}`
}

function actorPart(task: string): string {
  return `,"actorId":"${task}"}${valuePart}`
}

function packedDone(body: string, end: number): string | null {
  const taskEnd = body.indexOf(outputPart, doneHead.length)
  const task = body.slice(doneHead.length, taskEnd)
  const actor = actorPart(task)
  const actorAt = body.lastIndexOf(actor, end)
  const effectsAt = body.lastIndexOf(effectsPart, end)
  // Whatever stands between, the parts put together again are the body when they follow each other.
  if (taskEnd < 0 || actorAt < taskEnd + outputPart.length) return null
  if (effectsAt < actorAt + actor.length || isCut(effectsAt, end)) return null
  const output = body.slice(taskEnd + outputPart.length, actorAt)
  const value = unquoted(body.slice(actorAt + actor.length, effectsAt))
  if (value === null) return null
  const effects = body.slice(effectsAt + effectsPart.length, end)
  return `d${tab}${task}${tab}${output}${tab}${value}${tab}${effects}`
}

function packedStep(body: string, end: number): string | null {
  const valueAt = body.lastIndexOf(valuePart, end)
  const effectsAt = body.lastIndexOf(effectsPart, end)
  if (valueAt < stepHead.length || effectsAt < valueAt + valuePart.length) return null
  if (isCut(effectsAt, end)) return null
  const event = body.slice(stepHead.length, valueAt)
  const value = unquoted(body.slice(valueAt + valuePart.length, effectsAt))
  if (value === null) return null
  const effects = body.slice(effectsAt + effectsPart.length, end)
  return `s${tab}${event}${tab}${value}${tab}${effects}`
}

/** Stands in JSON as it is, and so does an id of a task as nearly all are. */
const word = /^[A-Za-z]\w*$/
const plainId = /^[\w.#:-]+$/
const quotedWord = /^"[A-Za-z]\w*"$/
const letter = /^[A-Za-z]/

/** A state value as it is stored; null for what would be taken for a word, and is none: `true`. */
function unquoted(value: string): string | null {
  if (quotedWord.test(value)) return value.slice(1, -1)
  return letter.test(value) ? null : value
}

function quoted(value: string): string {
  return letter.test(value) ? `"${value}"` : value
}

/** Whether the text ends before its last part does. */
function isCut(effectsAt: number, end: number): boolean {
  return effectsAt + effectsPart.length > end
}

function packedStarted(body: string): string | null {
  const attemptAt = body.indexOf(attemptPart)
  const attemptEnd = body.length - startedTail.length
  if (attemptAt < startedHead.length || !body.endsWith(startedTail)) return null
  if (attemptEnd < attemptAt + attemptPart.length) return null
  const task = body.slice(startedHead.length, attemptAt)
  const attempt = body.slice(attemptAt + attemptPart.length, -startedTail.length)
  return `a${tab}${task}${tab}${attempt}`
}
