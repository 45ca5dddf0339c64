import { Session } from 'node:inspector/promises'

interface CallFrame {
  readonly functionName: string
  readonly url: string
  readonly lineNumber: number
}

/** What the inspector gives. */
interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[]
  readonly samples?: readonly number[] | undefined
  readonly timeDeltas?: readonly number[] | undefined
}

/** Where time went, most first: shares of the time in which something ran. */
export type Shares = readonly (readonly [name: string, share: number])[]

export interface Digest {
  /** By room of the code, package, or part of Node. */
  readonly rooms: Shares
  /** Self time by function. */
  readonly functions: Shares
}

/** Begins to profile this process; what it gives back ends it and says where time went. */
export async function startProfile(): Promise<() => Promise<Digest>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 200 })
  await session.post('Profiler.start')
  return async () => {
    const { profile } = await session.post('Profiler.stop')
    session.disconnect()
    return digest(profile)
  }
}

/** Profiles some work in this process, and whatever else runs meanwhile. */
export async function profileOf(work: () => unknown): Promise<Digest> {
  const stop = await startProfile()
  await work()
  return stop()
}

/** Native time, such as SQLite's, is charged to the function that called it. */
export function digest({ nodes, samples = [], timeDeltas = [] }: CpuProfile): Digest {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const rooms = new Map<string, number>()
  const functions = new Map<string, number>()
  let busy = 0
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id)
    const time = timeDeltas[index] ?? 0
    if (frame === undefined || frame.functionName === '(idle)') continue
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
  return url === '' ? 'V8 and native code' : 'other'
}

function placeOf({ url, lineNumber }: CallFrame): string {
  if (url === '') return ''
  const short = url.replace(/^.*\/(src|machines|bench|node_modules)\//, '$1/')
  return `(${short}:${lineNumber + 1})`
}
