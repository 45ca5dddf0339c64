import * as fc from 'fast-check'
import { describe, expect, test as it } from 'vitest'
import { parseContent } from '../../../src/imagebuilder/content/content.js'
import type { CommandBody, Pair } from '../../../src/imagebuilder/content/model.js'
import { EcsError } from '../../../src/imagebuilder/errors.js'
import { build, component, everyUse } from './content-helpers.js'

const parses = (text: string, uses = everyUse) => {
  for (const use of uses) {
    try {
      parseContent(text, use)
    } catch (error) {
      if (!(error instanceof EcsError)) throw error
      expect(error.message).toMatch(/\S/)
    }
  }
}

/** Pieces that lead deep into the readers, which evenly random text hardly ever does. */
const pieces = [
  'RUN ',
  'ENV ',
  'COPY ',
  'CMD ["a"',
  'LABEL ',
  'COMPONENT ic-1 ',
  'COMPONENT acs:ecs:a:1:',
  'imagecomponent/',
  'a/1.0.*',
  ' --x 1',
  'FROM IMAGE:m-1',
  '\\',
  '\n',
  '\r\n',
  ' ',
  '\t',
  '"',
  "'",
  '=',
  '="v"',
  '#',
  'Tasks:',
  'Parameters:',
  '- ',
  '  ',
  'Name: a',
  'Action: ',
  'Reboot',
  'RunShellCommand',
  'Properties:',
  '{{ a.stdout }}',
  '{{x}}',
  '{',
  '}',
  '[',
  ']',
  '? ',
  ': ',
  '&a ',
  '*a',
  '!!set ',
  '!t ',
  '|',
  '>',
  '---',
  '...',
  '%YAML 1.1\n',
  '<<: ',
  'null',
  '.nan',
]
const piece = fc.constantFrom(...pieces)

describe('whatever a caller sends', () => {
  it('is read or refused with an EcsError, never anything else', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => parses(text)))
    const bytes = fc.uint8Array({ maxLength: 300 })
    fc.assert(fc.property(bytes, (sent) => parses(new TextDecoder().decode(sent))))
  })

  it('is read or refused with an EcsError when it is made of our own pieces', () => {
    const mixed = fc.array(fc.oneof({ arbitrary: piece, weight: 9 }, fc.string()), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(mixed, (parts) => parses(parts.join(''))),
      { numRuns: 500 },
    )
  })

  it('is read or refused with an EcsError when it is some JSON document', () => {
    const document = fc.record({ Tasks: fc.jsonValue(), Parameters: fc.jsonValue() })
    fc.assert(fc.property(document, (value) => parses(JSON.stringify(value))))
  })

  it('is read or refused with an EcsError when one piece fills all the room', () => {
    for (const repeated of pieces) {
      for (const start of ['', 'Tasks:\n']) {
        parses(start + repeated.repeat(Math.floor(16_000 / repeated.length)), [component])
      }
    }
  })
})

const letters = (alphabet: string, first = alphabet) =>
  fc
    .tuple(
      fc.constantFrom(...first),
      fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 }),
    )
    .map(([head, tail]) => head + tail)
const lower = 'abcdefghijklmnopqrstuvwxyz'
const name = letters(`${lower}_0123456789`, `${lower}_`)
/** Text as people write it: no control characters, no blank or `\` at its ends, not empty. */
const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => text.replace(/[\p{Cc}\u2028\u2029]/gu, '').trim())
  .filter((text) => text !== '' && !text.endsWith('\\') && !/^[[\s]|\s$/.test(text))
const word = letters(`${lower}/.-`, lower)
const pairs = fc.array(fc.record({ name, value: line }), { minLength: 1, maxLength: 3 })

const body: fc.Arbitrary<CommandBody> = fc.oneof(
  line.map((command) => ({ word: 'RUN' as const, command })),
  fc.tuple(fc.constantFrom('ENV' as const, 'LABEL' as const), pairs).map(([word, pairs]) => ({
    word,
    pairs,
  })),
  word.map((path) => ({ word: 'WORKDIR' as const, path })),
  fc.record({ word: fc.constant('COPY' as const), source: word, destination: word }),
  name.map((user) => ({ word: 'USER' as const, user })),
  fc
    .tuple(
      fc.constantFrom('CMD' as const, 'ENTRYPOINT' as const),
      fc.array(line, { minLength: 1, maxLength: 3 }),
    )
    .map(([word, argv]) => ({ word, form: 'exec' as const, argv })),
  fc
    .tuple(fc.constantFrom('CMD' as const, 'ENTRYPOINT' as const), line)
    .map(([word, command]) => ({ word, form: 'shell' as const, command })),
  fc.constant({ word: 'RESTART' as const }),
)

const quoted = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`
const pair = ({ name, value }: Pair) => `${name}=${quoted(value)}`

function render(command: CommandBody): string {
  switch (command.word) {
    case 'ENV':
    case 'LABEL':
      return `${command.word} ${command.pairs.map(pair).join(' ')}`
    case 'RUN':
      return `RUN ${command.command}`
    case 'WORKDIR':
      return `WORKDIR ${command.path}`
    case 'COPY':
      return `COPY ${command.source} ${command.destination}`
    case 'USER':
      return `USER ${command.user}`
    case 'RESTART':
      return 'RESTART'
    case 'COMPONENT':
      throw new Error('references have tests of their own')
    default:
      return command.form === 'exec'
        ? `${command.word} ${JSON.stringify(command.argv)}`
        : `${command.word} ${command.command}`
  }
}

/** What is read, without the lines. */
function bodies(text: string): CommandBody[] {
  const content = parseContent(text, build)
  if (content.syntax !== 'commands') throw new Error('read as YAML')
  return content.commands.map(({ line: _line, ...rest }) => rest)
}

describe('any list of legal commands', () => {
  const list = fc.array(body, { maxLength: 20 })

  it('parses back to itself', () => {
    fc.assert(
      fc.property(list, (commands) => {
        expect(bodies(commands.map(render).join('\n'))).toEqual(commands)
      }),
    )
  })

  it('says the same with comments and blank lines in between, and says the right lines', () => {
    fc.assert(
      fc.property(list, (commands) => {
        const text = commands.map((command) => `# comment\n\n${render(command)}\r\n`).join('')
        const content = parseContent(text, build)
        if (content.syntax !== 'commands') throw new Error('read as YAML')
        expect(content.commands.map(({ line }) => line)).toEqual(
          commands.map((_, index) => 3 * index + 3),
        )
        expect(bodies(text)).toEqual(commands)
      }),
    )
  })

  it('says the same when its lines are broken by continuations', () => {
    const cuts = fc.array(fc.nat({ max: 60 }), { maxLength: 5 })
    fc.assert(
      fc.property(line, cuts, (command, cuts) => {
        let broken = `RUN ${command}`
        for (const cut of cuts) broken = breakAt(broken, cut)
        expect(bodies(broken)).toEqual([{ word: 'RUN', command }])
      }),
    )
  })
})

/** Puts a continuation at the offset, unless a line of it would be blank or become a comment. */
function breakAt(text: string, offset: number): string {
  const [before, after] = [text.slice(0, offset), text.slice(offset)]
  const first = after.split('\n', 1)[0] ?? ''
  const last = before.split('\n').at(-1) ?? ''
  const unfit = (part: string) => part.trim() === '' || part.trimStart().startsWith('#')
  if (unfit(first) || unfit(last) || first === '\\' || last.endsWith('\\')) return text
  return `${before}\\\n${after}`
}
