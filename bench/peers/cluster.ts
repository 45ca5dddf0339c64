import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const installed = '/usr/lib/postgresql'

/** A PostgreSQL of our own, as it comes: in a temporary folder, on a port of this machine. */
export interface Cluster {
  /** `PostgreSQL 15.20` */
  readonly version: string
  /** An empty database; its address. */
  database(name: string): Promise<string>
  end(): Promise<void>
}

/** Where its programs are, the newest of those that Debian installed; null when there is none. */
export function clusterPrograms(): string | null {
  if (!existsSync(installed)) return null
  const versions = readdirSync(installed).map(Number).filter(Number.isInteger)
  const bins = versions.sort((a, b) => b - a).map((version) => `${installed}/${version}/bin`)
  return bins.find((bin) => existsSync(`${bin}/initdb`)) ?? null
}

/** Makes and starts a cluster. Never touches one that is there. */
export async function startCluster(bin: string): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'bakeline-bench-postgres-'))
  await chmod(folder, 0o755)
  const data = join(folder, 'data')
  const port = await freePort()
  const as = asPostgres(folder)
  const call = (program: string, args: readonly string[]) =>
    run(as.command, [...as.args, `${bin}/${program}`, ...args], { cwd: folder })
  await call('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres'])
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`
  await call('pg_ctl', ['-D', data, '-o', options, '-l', join(folder, 'log'), '-w', 'start'])
  const { stdout } = await call('postgres', ['--version'])
  return {
    version: `PostgreSQL ${/\d+\.\d+/.exec(stdout)?.[0] ?? ''}`,
    async database(name) {
      await call('createdb', ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', name])
      return `postgres://postgres@127.0.0.1:${port}/${name}`
    },
    async end() {
      await call('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop'])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root. */
function asPostgres(folder: string): { readonly command: string; readonly args: string[] } {
  if (process.getuid?.() !== 0) return { command: 'env', args: [] }
  execFileSync('chown', ['postgres', folder])
  return { command: 'runuser', args: ['-u', 'postgres', '--'] }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
