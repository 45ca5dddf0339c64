/** One of several processes that work on one file at once. */
import { appendFileSync } from 'node:fs'
import type { Engine } from '../../../src/engine/engine.js'
import { engineOnFile } from './engine-on.js'
import { computed, type LeadInput, lead, leadDefinition, simulateLead } from './lead.js'
import { mixed, mixedDefinition } from './mixed.js'
import { told } from './told.js'

let engine: Engine

told({
  open({ file, keys }) {
    computed.steps = 0
    engine = engineOnFile(String(file), {
      machines: [leadDefinition, mixedDefinition],
      simulate: (facts, reader) => (facts.src === 'write' ? null : simulateLead(facts, reader)),
      tasks: {
        write: ({ key, attempt }) => {
          appendFileSync(String(keys), `${key} ${attempt}\n`)
          return null
        },
      },
      pollMs: 5,
    })
  },
  /** Does what is due from now on. */
  run: () => engine.run(),
  /** Starts one after the other. */
  async start({ inputs }) {
    for (const input of inputs as LeadInput[]) await engine.start(lead, { input })
  },
  /** Starts all at one instant. */
  async startTogether({ inputs }) {
    await engine.transact((tx) => {
      for (const input of inputs as LeadInput[]) tx.start(lead, { input })
    })
  },
  async mix({ count }) {
    for (let index = 0; index < (count as number); index++) await engine.start(mixed)
  },
  /** Starts and moves the virtual clock in turn. */
  async play({ moves }) {
    for (const move of moves as (LeadInput | number)[]) {
      if (typeof move === 'number') await engine.advance(move)
      else await engine.start(lead, { input: move })
    }
  },
  computed: () => computed.steps,
  close: () => engine.close(),
})
