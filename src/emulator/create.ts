import { BakelineError } from '../core/errors.js'
import type { Duration } from '../core/duration.js'
import type { Moved } from '../engine/virtual.js'
import type { Faults } from '../gateway/faults/faults.js'
import { principals } from '../gateway/principals.js'
import type { Progressions } from '../gateway/progression/progressions.js'
import type { Throttle } from '../gateway/throttle.js'
import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import { createApp } from '../server/app.js'
import { direct } from '../server/direct.js'
import { type Listening, listen, type Patience } from '../server/listen.js'
import type { Running } from '../server/service.js'
import { LiveService, type ServiceOptions } from './service.js'

export interface EmulatorOptions extends ServiceOptions {
  /** 0, the default, picks a free one. */
  readonly port?: number
  /** `127.0.0.1` when absent; anything but this machine's own needs access keys in the world. */
  readonly host?: string
  /** `virtual` when absent: it stands still until it is advanced. */
  readonly clock?: string
  /** Host names that requests may be for, beside loopback and the service's endpoint names. */
  readonly allowHosts?: readonly string[]
  /** How long a client may take. */
  readonly patience?: Partial<Patience>
}

/** The clock of an emulator; only a virtual one can be advanced. */
export interface EmulatorClock {
  now(): Promise<Date>
  /** Moves it on, doing what falls due on the way. */
  advance(by: Duration): Promise<Moved>
  /** Moves it to what is due next; null when nothing is. */
  jump(): Promise<Moved | null>
  /** Lets it stand still where it is. */
  pause(): Promise<void>
  /** Lets it run on, so many times as fast as the wall. */
  scale(scale: number): Promise<void>
}

/** An emulator in this process. */
export interface Emulator extends AsyncDisposable {
  /** `http://127.0.0.1:4526` */
  readonly url: string
  /** `127.0.0.1:4526`, as most clients want their endpoint. */
  readonly endpoint: string
  readonly port: number
  readonly clock: EmulatorClock
  /** The same state without the wire; another one after a reset. */
  readonly imageBuilder: ImageBuilder
  readonly faults: Faults
  readonly throttle: Throttle
  readonly progression: Progressions
  /** Begins anew: the clock, seed, world and plan that it was created with, and nothing else. */
  reset(): Promise<void>
  /** Lets the process of the service die without warning, and opens anew what it left. */
  crash(): Promise<void>
  close(): Promise<void>
}

/**
 * Starts an emulator of the service in this process, on a port of this machine and with a clock that
 * the caller moves.
 *
 * @throws BakelineError `INVALID_INPUT` for a port that is taken, a host that needs access keys, and
 *   as `openImageBuilder` does
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, host, allowHosts = [], patience, clock, db, ...rest } = options
  const service = await LiveService.open({
    ...rest,
    ...(db === undefined ? { clock: clock ?? 'virtual' } : { db }),
    ...(clock === undefined ? {} : { clock }),
  })
  const names = [...allowHosts, ...(host === undefined ? [] : [host])]
  const hosts = names.map((name) => name.toLowerCase())
  try {
    const app = createApp(service, { hosts })
    const world = await service.use(({ builder }) => builder.world())
    const listening = await listen(app, {
      port,
      ...(host === undefined ? {} : { host }),
      ...(patience === undefined ? {} : { patience }),
      keyed: principals(world).keys.byId.size > 0,
      direct: direct(service, { hosts }),
    })
    return emulatorOf(service, listening)
  } catch (error) {
    await service.close()
    throw error
  }
}

function emulatorOf(service: LiveService, listening: Listening): Emulator {
  // Reset and load put another in its place, through the port as well as from here.
  const running = (): Running => {
    if (closing !== null) throw new BakelineError('CLOSED', 'the emulator is closed')
    return service.running
  }
  let closing: Promise<void> | null = null
  const close = async (): Promise<void> => {
    service.letGo()
    await listening.close()
    await service.close()
  }
  return {
    url: listening.url,
    endpoint: new URL(listening.url).host,
    port: listening.port,
    clock: clockOf(() => running().builder.engine),
    get imageBuilder() {
      return running().builder
    },
    get faults() {
      return running().gateway.faults
    },
    get throttle() {
      return running().gateway.throttle
    },
    get progression() {
      return running().gateway.progression
    },
    reset: () => service.reset(),
    crash: () => service.crash(),
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  }
}

function clockOf(engine: () => ImageBuilder['engine']): EmulatorClock {
  const pace = async (scale: number): Promise<void> => {
    await engine().transact((tx) => tx.setPace(scale))
  }
  return {
    now: async () => new Date((await engine().clock()).now),
    advance: (by) => engine().advance(by),
    jump: () => engine().jump(),
    pause: () => pace(0),
    scale: pace,
  }
}
