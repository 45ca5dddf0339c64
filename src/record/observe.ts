import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { BakelineError } from '../core/errors.js'
import { observeEvents } from '../simulate/record/events.js'
import type { Observed } from '../simulate/record/observed.js'
import { observeFile } from './from-file.js'
import { observeServer } from './from-server.js'

/** What is saved is read whole, so it has a limit. Bytes. */
const largest = 256 * 1024 * 1024

/**
 * What is known at a source, whatever kind it is of.
 *
 * @throws BakelineError `INVALID_INPUT` when it is none of those that can be recorded
 */
export async function observe(source: string): Promise<Observed> {
  if (isAddress(source)) return observeServer(source)
  const text = await savedText(source)
  if (text === null) return observeFile(source)
  const observed = observeEvents(text, basename(source))
  if (observed !== null) return observed
  throw wrong(
    source,
    'is neither a database of Bakeline, nor a saved event stream, nor what ' +
      'DescribeImagePipelineExecutions and DescribeImages answered',
  )
}

/**
 * The text of a file that somebody saved; null for an address, or a database.
 *
 * @throws BakelineError `INVALID_INPUT` when there is no such file, or it is too large
 */
export async function savedText(source: string): Promise<string | null> {
  if (isAddress(source)) return null
  const found = await stat(source).catch(() => null)
  if (found === null) throw wrong(source, 'does not exist')
  if (!found.isFile()) throw wrong(source, 'is not a file')
  if (await isDatabase(source)) return null
  if (found.size > largest) throw wrong(source, `is larger than ${largest / 1024 / 1024} MiB`)
  return readText(source)
}

function isAddress(source: string): boolean {
  return /^https?:\/\//.test(source)
}

async function isDatabase(path: string): Promise<boolean> {
  const magic = Buffer.from('SQLite format 3\0')
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0)
    return buffer.equals(magic)
  } finally {
    await file.close()
  }
}

async function readText(path: string): Promise<string> {
  const file = await open(path)
  try {
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

function wrong(source: string, what: string): BakelineError {
  return new BakelineError('INVALID_INPUT', `${source} ${what}`, { source })
}
