import { openImageBuilder } from '../../src/compose.js'
import type { Store } from '../../src/core/ports.js'
import { Gateway, type GatewayOptions } from '../../src/gateway/gateway.js'
import type { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import type { WorldPatch } from '../../src/imagebuilder/world/types.js'
import type { Rule } from '../../src/simulate/plan/rule.js'
import { ManualWall } from '../helpers/manual-wall.js'
import { Client, type ClientOptions } from './client.js'

export const region = 'cn-hangzhou'
export const account = '1234567890123456'
export const linux = 'aliyun_3_x64_20G_alibase_20240819.vhd'
/** The least that a template needs. */
export const least = { RegionId: region, BaseImageType: 'IMAGE', BaseImage: linux }

export interface Setup extends Partial<Omit<GatewayOptions, 'builder' | 'wall'>> {
  readonly db?: string | Store
  readonly clock?: string
  readonly world?: WorldPatch
  readonly plan?: readonly Rule[]
  /** Null: none. */
  readonly seed?: number | null
  readonly worker?: boolean
  readonly wall?: ManualWall
  readonly mustExist?: boolean
}

/** A gateway on a file of its own, at a virtual time that stands still unless told otherwise. */
export interface Emulator {
  readonly builder: ImageBuilder
  readonly gateway: Gateway
  readonly wall: ManualWall
  /** What the gateway wrote to its log, as text. */
  readonly logged: string[]
  client(options?: ClientOptions): Client
}

export async function emulator(setup: Setup = {}): Promise<Emulator> {
  const {
    db = ':memory:',
    clock = 'virtual@2026-01-05T02:00:00Z',
    seed = 1,
    worker = false,
  } = setup
  const { wall = new ManualWall(), world, plan, mustExist, ...rest } = setup
  const made = mustExist
    ? { mustExist }
    : typeof db === 'string'
      ? { clock, ...(seed === null ? {} : { seed }), ...given({ world, plan }) }
      : given({ world, plan })
  const builder = await openImageBuilder({ db, worker, wall, log: () => undefined, ...made })
  const logged: string[] = []
  const log = (...line: unknown[]): void => {
    logged.push(line.map((each) => (each instanceof Error ? each.stack : String(each))).join(' '))
  }
  const gateway = await Gateway.open({ builder, wall, log, ...optionsOf(rest) })
  return {
    builder,
    gateway,
    wall,
    logged,
    client: (options) => new Client(gateway, wall, options),
  }
}

function given({
  world,
  plan,
}: {
  readonly world: WorldPatch | undefined
  readonly plan: readonly Rule[] | undefined
}) {
  return { ...(world === undefined ? {} : { world }), ...(plan === undefined ? {} : { plan }) }
}

function optionsOf({ log, observe, operations }: Setup) {
  return {
    ...(log === undefined ? {} : { log }),
    ...(observe === undefined ? {} : { observe }),
    ...(operations === undefined ? {} : { operations }),
  }
}
