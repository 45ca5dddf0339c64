import { type Json, viaJson } from '../json.js'
import { isJson } from './admit.js'

/** The value as JSON gives it back: nearly always it is that already. */
export function jsonOf(value: unknown): Json {
  return isJson(value) ? (value as Json) : viaJson(value)
}
