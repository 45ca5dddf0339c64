#!/usr/bin/env node
import { packageVersion } from '../version.js'
import type { Io, Sink } from './io.js'

/** How long a command that was interrupted may take to let go of its file, in milliseconds. */
const graceMs = 3_000

const controller = new AbortController()

function interrupt(): void {
  // Whoever asks twice wants it now; the file is sound at any instant.
  if (controller.signal.aborted) process.exit(130)
  controller.abort()
  setTimeout(() => process.exit(130), graceMs).unref()
}

function sink(stream: NodeJS.WriteStream): Sink {
  // Who reads has gone away (`bakeline list | head -1`): there is nobody to tell.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    controller.abort()
  })
  return {
    write: (text) => void stream.write(text),
    get isTTY() {
      return stream.isTTY === true
    },
    get columns() {
      return stream.columns ?? 80
    },
    get rows() {
      return stream.rows ?? 24
    },
  }
}

async function readAll(): Promise<string> {
  process.stdin.setEncoding('utf8')
  let text = ''
  for await (const chunk of process.stdin) text += String(chunk)
  return text
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)

const io: Io = {
  stdout: sink(process.stdout),
  stderr: sink(process.stderr),
  stdin: readAll,
  env: process.env,
  signal: controller.signal,
}

const argv = process.argv.slice(2)
const [only = '', ...others] = argv
if (others.length === 0 && (only === '--version' || only === '-V')) {
  // Asked for by whoever only wants to know whether it is there: nothing else is loaded.
  io.stdout.write(`${packageVersion()}\n`)
} else {
  const { runCli } = await import('./run.js')
  process.exitCode = await runCli(argv, io)
}
