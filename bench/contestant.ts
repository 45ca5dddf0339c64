import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { programOf } from './places.js'

/**
 * A process that does something in one way alone: in one process, the functions of the machine would
 * meet the contexts of all ways, and be slow for all.
 */
export class Contestant {
  readonly #child: ChildProcess

  /**
   * @param program relative to `bench/`, without the end of its name; told how much, it answers with
   *   its rate
   */
  constructor(program: string, name: string) {
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const
    this.#child = spawn(process.execPath, [...programOf(program), name], { stdio: [...stdio] })
  }

  async rate(much: number): Promise<number> {
    this.#child.send(much)
    const ended = once(this.#child, 'exit').then(() => [Number.NaN])
    const [rate] = (await Promise.race([once(this.#child, 'message'), ended])) as [number]
    if (Number.isNaN(rate)) throw new Error('it ended before it said how fast it was')
    return rate
  }

  end(): void {
    this.#child.kill()
  }
}
