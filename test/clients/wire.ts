import { connect, type Socket } from 'node:net'
import { once } from 'node:events'

/** A connection on which a test writes bytes by hand. */
export class Wire {
  readonly #socket: Socket
  readonly #ended: Promise<void>
  #text = ''

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1').on('data', (text: string) => (this.#text += text))
    // A reset by the other side is an end like any other here.
    socket.on('error', () => undefined)
    this.#ended = new Promise((resolve) => {
      socket.on('close', () => resolve())
    })
  }

  static async open(port: number): Promise<Wire> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    await once(socket, 'connect')
    return new Wire(socket)
  }

  send(text: string): this {
    this.#socket.write(text, 'latin1')
    return this
  }

  /** Says that no more will come, and goes on listening. */
  finish(): this {
    this.#socket.end()
    return this
  }

  /** Everything that came until the other side has closed. */
  async rest(): Promise<string> {
    this.#socket.once('end', () => this.#socket.destroy())
    await this.#ended
    return this.#text
  }

  /** Waits until this has come, and forgets everything up to its end. */
  async until(part: string): Promise<string> {
    while (!this.#text.includes(part)) await once(this.#socket, 'data')
    const end = this.#text.indexOf(part) + part.length
    const before = this.#text.slice(0, end)
    this.#text = this.#text.slice(end)
    return before
  }

  close(): void {
    this.#socket.destroy()
  }
}
