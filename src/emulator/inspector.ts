import { systemWall } from '../clock/system-wall.js'
import { BakelineError } from '../core/errors.js'
import type { Wall } from '../core/ports.js'
import type { Engine } from '../engine/engine.js'
import { Gateway } from '../gateway/gateway.js'
import { ImageBuilder } from '../imagebuilder/image-builder.js'
import { createApp } from '../server/app.js'
import { Counters } from '../server/counters.js'
import { listen } from '../server/listen.js'
import type { Running, Service, Snapshots } from '../server/service.js'
import { JobLanes } from './jobs/jobs.js'
import { shippedFleets, shippedScenarios } from './shipped.js'
import { packageVersion } from '../version.js'

export interface InspectorOptions {
  /** 0, the default, picks a free one. */
  readonly port?: number
  /** Where troubles go; `console.error` when absent. */
  readonly log?: (...line: unknown[]) => void
}

/** A page over an engine of one's own. */
export interface Inspector extends AsyncDisposable {
  /** `http://127.0.0.1:4527` */
  readonly url: string
  /** Closes the port; the engine goes on. */
  close(): Promise<void>
}

/**
 * Shows the executions of any engine on a page of this machine: their charts, their times, every step.
 *
 * @throws BakelineError `INVALID_INPUT` for a port that is taken
 */
export async function serveInspector(
  engine: Engine,
  { port = 0, log = (...line) => console.error(...line) }: InspectorOptions = {},
): Promise<Inspector> {
  const ending = new AbortController()
  const builder = new ImageBuilder(engine)
  const gateway = await Gateway.open({ builder, wall: systemWall, log, observe: () => undefined })
  const service = new EngineService(
    { builder, gateway, state: 1, over: ending.signal },
    systemWall,
    log,
  )
  const app = createApp(service, { hosts: [], emulates: false })
  const listening = await listen(app, { port, keyed: false })
  const close = async (): Promise<void> => {
    ending.abort()
    await service.jobs.close()
    await listening.close()
  }
  return { url: listening.url, close, [Symbol.asyncDispose]: close }
}

/** An engine that somebody else opened: it can be looked at, not replaced. */
class EngineService implements Service {
  readonly #running: Running
  readonly counters = new Counters()
  readonly place = 'engine'
  readonly version = packageVersion()
  readonly wall: Wall
  readonly log: (...line: unknown[]) => void
  readonly snapshots: Snapshots

  constructor(running: Running, wall: Wall, log: (...line: unknown[]) => void) {
    this.#running = running
    this.wall = wall
    this.log = log
    this.snapshots = {
      list: async () => [],
      save: notHere,
      fork: notHere,
      read: notHere,
      load: notHere,
      remove: notHere,
    }
  }

  async use<T>(work: (running: Running) => Promise<T> | T): Promise<T> {
    return work(this.#running)
  }

  async current(): Promise<Running> {
    return this.#running
  }

  readonly scenarioOf = notHere
  readonly jobs = new JobLanes(systemWall)
  readonly shipped = shippedScenarios
  readonly shippedFleets = shippedFleets
  readonly reset = notHere
  readonly crash = notHere
}

async function notHere(): Promise<never> {
  const says = 'this is a page over an engine that somebody else opened: it cannot be replaced here'
  throw new BakelineError('INVALID_INPUT', says)
}
