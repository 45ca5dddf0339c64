/** A request target in its parts. */
export interface Target {
  readonly path: string
  /** After the first `?`, as sent. */
  readonly query: string
  /** Host and port, where the target is absolute: `http://127.0.0.1:4526/?Action=…`. */
  readonly authority?: string
}

/** Splits a target; an absolute one without a path means `/`. Nothing is decoded. */
export function splitTarget(target: string): Target {
  const absolute = /^https?:\/\/([^/?]*)/i.exec(target)
  const [whole = '', authority] = absolute ?? []
  const rest = target.slice(whole.length)
  const mark = rest.indexOf('?')
  const path = mark === -1 ? rest : rest.slice(0, mark)
  const query = mark === -1 ? '' : rest.slice(mark + 1)
  if (authority === undefined) return { path, query }
  return { path: path === '' ? '/' : path, query, authority }
}
