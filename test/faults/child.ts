import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, vi } from 'vitest'
import { compiled } from '../helpers/programs.js'

/** How long anything may take before a test gives up on it: far more than it ever needs. */
export const boundMs = 60_000

// Each wait has its bound and says what it waited for, so the tests themselves are not in a hurry.
vi.setConfig({ testTimeout: 10 * boundMs, hookTimeout: 10 * boundMs })

const alive = new Set<Child>()

// A test that fails leaves nobody behind.
afterAll(async () => {
  await Promise.all([...alive].map((child) => child.kill()))
})

/** A process of a test: it is told what to do by messages, and can be killed in the midst of it. */
export class Child {
  readonly name: string
  readonly #process: ChildProcess
  readonly #inbox: unknown[] = []
  readonly #exit: Promise<unknown>
  #wake: () => void = () => undefined
  #ended: string | null = null
  #stderr = ''

  constructor(name: string, args: readonly string[] = []) {
    this.name = name
    this.#process = fork(compiled(`test/faults/children/${name}`), args, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#process.stderr?.on('data', (data) => {
      this.#stderr = `${this.#stderr}${String(data)}`.slice(-4_000)
    })
    this.#process.on('message', (message) => {
      this.#inbox.push(message)
      this.#wake()
    })
    this.#exit = once(this.#process, 'exit')
    this.#process.on('exit', (code, signal) => {
      alive.delete(this)
      this.#ended = `exit ${String(code ?? signal)}`
      this.#wake()
    })
    alive.add(this)
  }

  /** A child that has said that it is ready. */
  static async ready(name: string, args: readonly string[] = []): Promise<Child> {
    const child = new Child(name, args)
    await child.next('being ready')
    return child
  }

  get pid(): number {
    return this.#process.pid as number
  }

  tell(message: object): void {
    this.#process.send(message)
  }

  /** Tells it something and waits for the answer; an error that it met is thrown here. */
  async ask<T>(message: object): Promise<T> {
    this.tell(message)
    return (await this.next(`the answer to ${JSON.stringify(message)}`)) as T
  }

  /** Its next message. */
  async next(what: string): Promise<unknown> {
    const late = new Error(`${this.name} ${this.pid}: no ${what} within ${boundMs} ms`)
    const until = Date.now() + boundMs
    while (this.#inbox.length === 0) {
      if (this.#ended !== null) {
        throw new Error(`${this.name}: ${this.#ended} before ${what}\n${this.#stderr}`)
      }
      if (Date.now() >= until) throw late
      await this.#news(until - Date.now())
    }
    const message = this.#inbox.shift()
    const { failed } = (message ?? {}) as { failed?: string }
    if (failed !== undefined) throw new Error(`${this.name}, asked for ${what}: ${failed}`)
    return message
  }

  /** SIGKILL, wherever it stands; resolves when it is gone. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#exit
  }

  #news(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

/** Several children of one program, started at once and all ready. */
export function crew(count: number, name: string, args: readonly string[] = []): Promise<Child[]> {
  return Promise.all(Array.from({ length: count }, () => Child.ready(name, args)))
}
