import { readFile } from 'node:fs/promises'
import { wrongInput } from '../exit-codes.js'
import type { Io } from '../io.js'

/** The largest file that is read, in characters. */
const longest = 4_000_000

/** Reads a file that was named on the command line, or standard input for `-`. */
export async function readInput(name: string, stdin?: Io['stdin']): Promise<string> {
  const text = name === '-' && stdin ? await stdin() : await readNamed(name)
  if (text.length <= longest) return text
  throw wrongInput(`${name} has ${text.length} characters; at most ${longest}`)
}

async function readNamed(name: string): Promise<string> {
  try {
    return await readFile(name, 'utf8')
  } catch (error) {
    throw wrongInput(`${name} cannot be read: ${reason(error as NodeJS.ErrnoException)}`)
  }
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'EACCES') return 'reading it is not allowed'
  return message
}
