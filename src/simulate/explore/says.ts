import { invariants } from './invariants/index.js'

/** What is held of the answers to calls, which no database shows. */
const ofCalls: Readonly<Record<string, string>> = {
  'calls-as-documented': 'A call is accepted or refused as the documentation has it.',
  'a-repeated-start-is-the-same':
    'A start that is repeated with its ClientToken gives the same execution, and starts nothing.',
  'what-is-due-is-done': 'What is due is done when its time has come.',
}

/** Everything that is held, with its sentence, by name. */
const held: Readonly<Record<string, string>> = {
  ...Object.fromEntries(invariants.map(({ name, says }) => [name, says])),
  ...ofCalls,
}

/** The sentence of an invariant; a rule of the user's own is its own sentence. */
export function invariantOf(name: string): string {
  return held[name] ?? `It is to hold: ${name}.`
}
