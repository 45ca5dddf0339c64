/** A process that does nothing unless it is told to, with a wall clock that is moved by hand. */
import { appendFileSync } from 'node:fs'
import { engineOnFile } from './engine-on.js'
import { HandWall } from './hand-wall.js'
import { machines } from './small.js'
import { say, told } from './told.js'

/** How long a claim lasts in these tests, in milliseconds. */
export const leaseMs = 1_000

const [file = '', has = '', name = '', keys = ''] = process.argv.slice(2)

if (process.send && file !== '') {
  const wall = new HandWall()
  let finish: () => void = () => undefined
  let atOnce = true
  const engine = engineOnFile(file, {
    machines: has.split(',').flatMap((word) => machines[word] ?? []),
    tasks: {
      work: async ({ key, attempt }) => {
        appendFileSync(keys, `${key} ${attempt} ${name}\n`)
        if (!atOnce) {
          say({ began: key, attempt })
          await new Promise<void>((resolve) => {
            finish = resolve
          })
        }
        return name
      },
    },
    wall,
    leaseMs,
  })

  told({
    /** Moves the wall clock, and waits for what that has set going to be written. */
    async wall({ to }) {
      wall.moveTo(to as number)
      await engine.transact(() => null)
    },
    start: ({ machine, ...options }) => {
      const known = machines[String(machine)]
      if (!known) throw new Error(`no machine ${String(machine)}`)
      return engine.start(known, options)
    },
    /** Does what is due until nothing is. */
    settle: () => engine.settle(),
    /** Begins a real task and leaves it unfinished. */
    begin() {
      atOnce = false
      void engine.settle()
    },
    async finish({ id }) {
      finish()
      await engine.waitFor(String(id), { ended: true })
    },
    /** Finishes what another has taken over: the result is dropped. */
    async finishLate() {
      finish()
      await new Promise((resolve) => setImmediate(resolve))
      await engine.transact(() => null)
    },
    advance: ({ by }) => engine.advance(by as number),
    retry: ({ id }) => engine.retry(String(id)),
    cancel: ({ id }) => engine.cancel(String(id)),
  })
}
