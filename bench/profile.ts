import { readFile } from 'node:fs/promises'

interface CallFrame {
  readonly functionName: string
  readonly url: string
  readonly lineNumber: number
}

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Where time went, most first: the share of the time in which something ran. */
export type Shares = readonly (readonly [name: string, share: number])[]

export interface Digest {
  /** By room of the code, package, or part of Node. */
  readonly rooms: Shares
  /** Self time by function. */
  readonly functions: Shares
}

/** Reads what `--cpu-prof` wrote. Native time, such as SQLite's, is charged to who called it. */
export async function digest(path: string): Promise<Digest> {
  const { nodes, samples, timeDeltas } = JSON.parse(await readFile(path, 'utf8')) as Profile
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const rooms = new Map<string, number>()
  const functions = new Map<string, number>()
  let busy = 0
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id) as CallFrame
    if (frame.functionName === '(idle)') continue
    const time = timeDeltas[index] as number
    busy += time
    add(rooms, roomOf(frame), time)
    add(functions, `${frame.functionName || '(anonymous)'} ${placeOf(frame)}`.trim(), time)
  }
  return { rooms: shares(rooms, busy), functions: shares(functions, busy) }
}

function add(into: Map<string, number>, name: string, time: number): void {
  into.set(name, (into.get(name) ?? 0) + time)
}

function shares(times: ReadonlyMap<string, number>, whole: number): Shares {
  return [...times]
    .map(([name, time]) => [name, time / whole] as const)
    .sort(([, a], [, b]) => b - a)
}

function roomOf({ functionName, url }: CallFrame): string {
  if (functionName === '(garbage collector)') return 'garbage collection'
  const [, packaged] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? []
  if (packaged !== undefined) return packaged
  const [, room, part] = /\/(src\/[^/]+|machines|bench)(\/[^/]+)?\/[^/]*$/.exec(url) ?? []
  if (room !== undefined) return `${room}${part ?? ''}`
  if (url.startsWith('node:')) return url.replace(/^(node:\w+).*$/, '$1')
  return url === '' ? 'V8 and native code' : url
}

function placeOf({ url, lineNumber }: CallFrame): string {
  if (url === '') return ''
  const short = url.replace(/^.*\/(src|machines|bench|node_modules)\//, '$1/')
  return `(${short}:${lineNumber + 1})`
}
