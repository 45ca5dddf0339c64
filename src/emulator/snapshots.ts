import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BakelineError } from '../core/errors.js'
import type { Wall } from '../core/ports.js'
import { openStandingStill } from '../fork.js'
import type { PastStep, Snapshot, Snapshots } from '../server/service.js'

export interface SnapshotOptions {
  /** Made when it is needed; null for a temporary one. */
  readonly folder: string | null
  readonly wall: Wall
  /** Writes the state into a new file. */
  readonly save: (path: string) => Promise<void>
  /** Puts the state of a file in the place of what runs. */
  readonly load: (path: string) => Promise<void>
}

const suffix = '.db'

/** Snapshots as database files of a folder, which the command line opens like any other. */
export class SnapshotFolder implements Snapshots {
  readonly #options: SnapshotOptions
  #temporary: Promise<string> | null = null

  constructor(options: SnapshotOptions) {
    this.#options = options
  }

  async list(): Promise<readonly Snapshot[]> {
    const folder = this.#options.folder ?? (await this.#temporary)
    const names = folder === null ? [] : await readdir(folder).catch(() => [])
    const found = names.filter((name) => name.endsWith(suffix)).sort()
    return Promise.all(found.map((name) => this.#describe(name.slice(0, -suffix.length))))
  }

  async save(name: string): Promise<Snapshot> {
    const path = await this.#path(name)
    if (await exists(path)) throw taken(name)
    await this.#options.save(path)
    return this.#describe(name)
  }

  async fork(name: string, past?: PastStep): Promise<Snapshot> {
    if (past !== undefined) return this.#forkAt(name, past)
    await this.save(name)
    const { wall } = this.#options
    const db = await this.#path(name)
    await (await openStandingStill({ db, wall })).engine.close()
    return this.#describe(name)
  }

  async #forkAt(name: string, past: PastStep): Promise<Snapshot> {
    const to = await this.#path(name)
    if (await exists(to)) throw taken(name)
    const folder = await mkdtemp(join(tmpdir(), 'bakeline-past-'))
    try {
      const from = join(folder, 'now.db')
      await this.#options.save(from)
      const { forkAt } = await import('../record/fork-at.js')
      await (await forkAt({ from, to, ...past })).engine.close()
      return await this.#describe(name)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async read(name: string): Promise<Uint8Array> {
    return readFile(await this.#existing(name))
  }

  async load(name: string): Promise<void> {
    await this.#options.load(await this.#existing(name))
  }

  async remove(name: string): Promise<void> {
    await rm(await this.#existing(name))
  }

  /** Removes the folder when it is a temporary one. */
  async close(): Promise<void> {
    if (this.#temporary !== null) await rm(await this.#temporary, { recursive: true, force: true })
  }

  async #describe(name: string): Promise<Snapshot> {
    const { size, mtimeMs } = await stat(await this.#path(name))
    return { name, bytes: size, savedAt: Math.floor(mtimeMs) }
  }

  async #existing(name: string): Promise<string> {
    const path = await this.#path(name)
    if (await exists(path)) return path
    throw new BakelineError('NOT_FOUND', `there is no snapshot "${name}"`, { snapshot: name })
  }

  async #path(name: string): Promise<string> {
    // A name from outside must not lead out of the folder.
    if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) throw noName(name)
    const folder = await this.#folder()
    return join(folder, `${name}${suffix}`)
  }

  async #folder(): Promise<string> {
    const { folder } = this.#options
    if (folder !== null) {
      await mkdir(folder, { recursive: true })
      return folder
    }
    this.#temporary ??= mkdtemp(join(tmpdir(), 'bakeline-snapshots-'))
    return this.#temporary
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}

function taken(name: string): BakelineError {
  return new BakelineError('INVALID_INPUT', `there is a snapshot "${name}" already`, {
    snapshot: name,
  })
}

function noName(name: string): BakelineError {
  return new BakelineError(
    'INVALID_INPUT',
    `"${name.slice(0, 100)}" is no name: use up to 64 letters, digits, ".", "_" and "-"`,
  )
}
