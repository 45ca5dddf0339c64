/** Times and durations as people read them. */

/** `45s`, `5m 03s`, `1h 02m`, `2d 03h`; below a second `350ms`. */
export function took(ms: number): string {
  if (ms < 1_000) return ms < 1 ? '0s' : `${Math.round(ms)}ms`
  const seconds = Math.floor(ms / 1_000)
  if (seconds < 60) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}m ${two(seconds % 60)}s`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours}h ${two(minutes % 60)}m`
  return `${Math.floor(hours / 24)}d ${two(hours % 24)}h`
}

/** `in 15 s`, `in 1m 43s`, `due now`. */
export function within(ms: number): string {
  if (ms < 1_000) return 'due now'
  return ms < 60_000 ? `in ${Math.floor(ms / 1_000)} s` : `in ${took(ms)}`
}

/** Whether times are shown in UTC or in the zone of who looks. */
export type Zone = 'utc' | 'local'

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly time: string
}

function partsOf(at: number, zone: Zone): Parts {
  const date = new Date(at)
  if (zone === 'utc') {
    const time = date.toISOString().slice(11, 19)
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
    return { year, month, day, weekday: date.getUTCDay(), time }
  }
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()]
  return { year, month, day, weekday: date.getDay(), time }
}

/** `09:41:27` */
export function clockTime(at: number, zone: Zone): string {
  return partsOf(at, zone).time
}

/** `09:41` */
export function minuteTime(at: number, zone: Zone): string {
  return clockTime(at, zone).slice(0, 5)
}

/** `14 Mar 2026` */
export function dateText(at: number, zone: Zone): string {
  const { year, month, day } = partsOf(at, zone)
  return `${day} ${months[month]} ${year}`
}

/** `Saturday 14 March 2026`, shortened months as everywhere. */
export function longDate(at: number, zone: Zone): string {
  return `${days[partsOf(at, zone).weekday]} ${dateText(at, zone)}`
}

/** Both zones in one line, for tooltips. */
export function bothZones(at: number): string {
  const [utc, local] = [partsOf(at, 'utc'), partsOf(at, 'local')]
  return (
    `${dateText(at, 'utc')} ${utc.time}.${String(at % 1_000).padStart(3, '0')} UTC, ` +
    `${dateText(at, 'local')} ${local.time} local`
  )
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** What `10m`, `1h 30m` or `90s` come to in milliseconds; null for what is no duration. */
export function parseDuration(text: string): number | null {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)(?![a-z])\s*/g)]
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text.trim()) return null
  return parts.reduce((sum, [, n, unit]) => sum + Number(n) * (units[unit ?? ''] ?? 0), 0)
}

/** A delay as a machine has it, milliseconds or a name of its own, as people say it: `30 min`. */
export function delayText(delay: string): string {
  if (!/^\d+$/.test(delay)) return delay
  const ms = Number(delay)
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`
  if (ms % 60_000 === 0) return `${ms / 60_000} min`
  return ms % 1_000 === 0 ? `${ms / 1_000} s` : `${ms} ms`
}
