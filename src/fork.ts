import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { openImageBuilder, type OpenOptions, openStore } from './compose.js'
import { BakelineError } from './core/errors.js'
import type { ImageBuilder } from './imagebuilder/image-builder.js'
import { planSetting, type Rule } from './simulate/plan/rule.js'

export interface ForkOptions {
  /** A database file, or the address of a running server: `http://127.0.0.1:4526`. */
  readonly from: string
  /** Where the copy is made: a path where no file is yet. */
  readonly to: string
  /** Rules after those of the file: how tasks go that begin from now on. */
  readonly plan?: readonly Rule[]
}

/**
 * Copies everything that a file or a running server holds into a new file whose clock stands still,
 * and opens it: what runs there can be played on in virtual time, again and again, while the original
 * goes its own way. Attempts that have begun keep the end that they were given.
 *
 * @throws BakelineError `INVALID_INPUT` when the server cannot be reached or refuses, `STORE` when the
 *   file cannot be read or the copy cannot be written
 */
export async function fork({ from, to, plan = [] }: ForkOptions): Promise<ImageBuilder> {
  if (/^https?:\/\//i.test(from)) await download(from, to)
  else await copy(from, to)
  const builder = await openStandingStill({ db: to })
  if (plan.length > 0) {
    await builder.engine.transact((tx) => {
      const old = JSON.parse(tx.setting(planSetting) ?? '[]') as Rule[]
      tx.set(planSetting, JSON.stringify([...old, ...plan]))
    })
  }
  return builder
}

/** Opens a copy and stops its clock: from now on it is virtual. */
export async function openStandingStill(
  options: Pick<OpenOptions, 'db' | 'wall'>,
): Promise<ImageBuilder> {
  const builder = await openImageBuilder({ ...options, worker: false, mustExist: true })
  await builder.engine.transact((tx) => tx.setPace(0))
  return builder
}

async function copy(from: string, to: string): Promise<void> {
  const store = openStore({ db: from, mustExist: true })
  try {
    await store.saveTo(to)
  } finally {
    await store.close()
  }
}

/** Through the control API: the state is put aside there, fetched, and forgotten. */
async function download(from: string, to: string): Promise<void> {
  const name = `fork-${randomBytes(8).toString('hex')}`
  const saved = `/snapshots/${name}`
  await ask(from, '/snapshots/fork', { method: 'POST', body: JSON.stringify({ name }) })
  try {
    const answer = await ask(from, `${saved}/file`, {})
    await writeFile(to, new Uint8Array(await answer.arrayBuffer()), { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new BakelineError('STORE', `${to} is there already: name a new file`, { path: to })
  } finally {
    await ask(from, saved, { method: 'DELETE' })
  }
}

async function ask(from: string, path: string, init: RequestInit): Promise<Response> {
  const url = new URL(`/_bakeline${path}`, from)
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { ...init, headers }).catch((error: unknown) => {
    const why = (error as Error & { cause?: Error }).cause?.message ?? (error as Error).message
    throw new BakelineError('INVALID_INPUT', `${from} cannot be reached: ${why}`, { url: from })
  })
  if (answer.ok) return answer
  const { Message } = (await answer.json().catch(() => ({}))) as { readonly Message?: string }
  const said = Message ?? 'is it a Bakeline server?'
  throw new BakelineError('INVALID_INPUT', `${from} answered ${answer.status}: ${said}`, {
    url: from,
  })
}
