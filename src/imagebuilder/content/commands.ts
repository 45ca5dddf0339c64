import { FORMS, READERS } from './arguments.js'
import { checkFrom } from './from.js'
import { type CommandLine, commandLines } from './lines.js'
import type { Command, CommandBody, ComponentReference, ContentUse } from './model.js'
import { suggestion } from './nearest.js'
import { fixedProblem, parameterCode, problem, quote } from './problem.js'
import { readReference } from './references.js'

/** The service's own limit on the commands of one text. */
const MAX_COMMANDS = 127

/** Every command word. They are upper case: `run` is refused, and the message names `RUN`. */
export const COMMAND_WORDS = [
  'RUN',
  'ENV',
  'WORKDIR',
  'COPY',
  'USER',
  'LABEL',
  'CMD',
  'ENTRYPOINT',
  'RESTART',
  'COMPONENT',
  'FROM',
] as const

type CommandWord = (typeof COMMAND_WORDS)[number]

/** The service's own text for a component within a component. */
const NO_NESTING = 'Image component does not support component command.'

/** What may stand in content for Windows; the documentation marks the others "Linux only". */
const WINDOWS_WORDS: readonly CommandWord[] = ['RESTART', 'COMPONENT']

/**
 * Reads the Dockerfile-like syntax. The first problem in the order of the lines is the one told.
 * `FROM` counts as a command and must be well-formed, but does nothing and is left out.
 *
 * @throws EcsError with the code that the service's tables have for the problem.
 */
export function readCommands(
  text: string,
  use: ContentUse,
): { commands: Command[]; components: ComponentReference[] } {
  const lines = commandLines(text)
  const extra = lines[MAX_COMMANDS]
  if (extra) {
    throw problem(
      'InvalidImageTemplateCommandSize.ExceededMaxNumber',
      `this is command ${MAX_COMMANDS + 1} of ${lines.length}; at most ${MAX_COMMANDS} are allowed`,
      extra.line,
    )
  }
  const commands: Command[] = []
  for (const [index, line] of lines.entries()) {
    const word = checkWord(line, use)
    if (word === 'FROM') checkFrom(line, lines.slice(0, index))
    else commands.push({ line: line.line, ...readBody(word, line, use) })
  }
  const components = commands.flatMap((command) =>
    command.word === 'COMPONENT' ? command.reference : [],
  )
  return { commands, components }
}

/** Whether the word exists and may stand here at all, whatever follows it. */
function checkWord({ line, word }: CommandLine, use: ContentUse): CommandWord {
  const known = COMMAND_WORDS.find((candidate) => candidate === word)
  if (!known) {
    throw problem(
      'InvalidImageTemplateCommand.NotSupported',
      `unknown command ${quote(word)}; ${suggestion(word, COMMAND_WORDS)}`,
      line,
    )
  }
  if (use.kind === 'component' && known === 'COMPONENT') {
    throw fixedProblem('InvalidCommand.Component', NO_NESTING, line)
  }
  if (use.kind === 'component' && known === 'FROM') {
    throw problem(
      'NotSupportedCommand.FROM',
      'FROM cannot stand in a component; leave it out',
      line,
    )
  }
  if (use.systemType === 'Windows' && known !== 'FROM' && !WINDOWS_WORDS.includes(known)) {
    throw problem(
      'InvalidImageTemplateCommand.NotSupported',
      `${known} is for Linux only; Windows takes a YAML document, or ${WINDOWS_WORDS.join(', ')}`,
      line,
    )
  }
  return known
}

function readBody(
  word: Exclude<CommandWord, 'FROM'>,
  { line, argument }: CommandLine,
  use: ContentUse,
): CommandBody {
  const malformed = (why: string) => problem(malformedCode(word, use), why, line)
  if (word === 'RESTART') {
    if (argument === '') return { word }
    throw problem(
      'NotEmptyCommandContent.RESTART',
      `RESTART takes no argument, found ${quote(argument)}`,
      line,
    )
  }
  if (hasControlCharacter(argument)) {
    throw malformed(`${word} holds a control character: ${quote(argument)}`)
  }
  if (word === 'COMPONENT') {
    return { word, reference: { line, ...readReference(argument, malformed) } }
  }
  if (argument === '') {
    throw problem(
      `EmptyCommandContent.${word}`,
      `${word} has no content; write ${FORMS[word]}`,
      line,
    )
  }
  return READERS[word](argument, malformed)
}

/** LABEL and COMPONENT have no code of their own in the service's tables for a malformed one. */
function malformedCode(word: CommandWord, use: ContentUse): string {
  return word === 'LABEL' || word === 'COMPONENT'
    ? parameterCode(use)
    : `InvalidCommandContent.${word}`
}

/** Any but the tab: no shell line or path has one, and a NUL ends the text for what reads it. */
function hasControlCharacter(text: string): boolean {
  return [...text].some(
    (character) => character !== '\t' && (character < ' ' || character === '\x7f'),
  )
}
