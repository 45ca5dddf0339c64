import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Io, Sink } from '../../src/cli/io.js'
import { runCli } from '../../src/cli/run.js'

/** What a command line came to. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string | (() => Promise<string>)
  /** A terminal of this many columns and rows; a pipe when absent. */
  readonly terminal?: readonly [columns: number, rows: number]
  readonly signal?: AbortSignal
  /** Told of each write to standard output. */
  readonly onWrite?: (text: string) => void
}

/** A folder of its own, gone after the test, with commands that run in it. */
export class Console {
  readonly folder: string
  readonly #clock: string

  /** @param clock of a database that a command makes */
  constructor(clock = 'virtual@2026-01-05T02:00:00Z') {
    this.folder = mkdtempSync(join(tmpdir(), 'bakeline-cli-'))
    this.#clock = clock
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }))
  }

  get db(): string {
    return this.path('test.db')
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  write(name: string, text: string): string {
    writeFileSync(this.path(name), text)
    return this.path(name)
  }

  /** Runs a command line in this process, on the folder's database unless it names another. */
  async run(line: string | readonly string[], options: RunOptions = {}): Promise<Ran> {
    const [out, err] = [new Paper(options), new Paper({})]
    const io: Io = {
      stdout: out,
      stderr: err,
      stdin: async () => {
        const { stdin = '' } = options
        return typeof stdin === 'string' ? stdin : stdin()
      },
      env: { BAKELINE_DB: this.db, ...options.env },
      signal: options.signal ?? new AbortController().signal,
    }
    const argv = typeof line === 'string' ? line.split(' ').filter((word) => word !== '') : line
    const code = await runCli(argv, io)
    return { code, out: this.#plain(out.text), err: this.#plain(err.text) }
  }

  /** Creates templates from a text, in a file with this console's clock and the seed 1. */
  async create(yaml: string, extra = ''): Promise<Ran> {
    const file = this.write('templates.yaml', yaml)
    const made = await this.run(
      `template create -f ${file} --clock ${this.#clock} --seed 1 ${extra}`,
    )
    if (made.code !== 0) throw new Error(made.err)
    return made
  }

  /** Paths of this machine do not stand in expected texts. */
  #plain(text: string): string {
    return text.replaceAll(this.folder, '.')
  }
}

class Paper implements Sink {
  text = ''
  readonly isTTY: boolean
  readonly columns: number
  readonly rows: number
  readonly #onWrite: ((text: string) => void) | undefined

  constructor({ terminal, onWrite }: RunOptions) {
    this.isTTY = terminal !== undefined
    ;[this.columns, this.rows] = terminal ?? [80, 24]
    this.#onWrite = onWrite
  }

  write(text: string): void {
    this.text += text
    this.#onWrite?.(text)
  }
}

export const web = `Name: web
BaseImageType: IMAGE
BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
BuildContent: RUN yum update -y
ToRegionId: [cn-hangzhou, cn-beijing]
AddAccount: ["1284387915995949"]
`

/** A template that only has a name. */
export function plain(name: string): string {
  return `Name: ${name}\nBaseImageType: IMAGE\nBaseImage: aliyun_3_x64_20G_alibase_20240819.vhd\n`
}
