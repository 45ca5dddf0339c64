import { COMMAND_WORDS, readCommands } from './commands.js'
import { firstLine } from './lines.js'
import type { ComponentParameter, Content, ContentUse } from './model.js'
import { describeParameter } from './parameters.js'
import { parameterCode, problem } from './problem.js'
import { readTasks } from './tasks.js'

/** 16 KB in UTF-8. The documentation does not say bytes or characters; we count bytes. */
const MAX_BYTES = 16_384

/**
 * Reads the build or test content of a template, or the content of a component, and checks all
 * that can be told from the text alone. Whether the components it names exist is for
 * `checkComponents`. Empty content is legal in a template, where it says nothing.
 *
 * @throws EcsError with the code that the service's tables have for the first problem found.
 */
export function parseContent(text: string, use: ContentUse): Content {
  checkSize(text, use)
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (use.kind === 'component' && body.trim() === '') {
    throw problem('MissingParameter.Content', 'The specified parameter Content is missing or blank')
  }
  if (isYaml(firstLine(body))) return { syntax: 'yaml', ...readTasks(body, use) }
  const content = readCommands(body, use)
  if (use.kind === 'component' && content.commands.length === 0) {
    throw problem(
      parameterCode(use),
      'the content has comments only; at least one command is needed',
    )
  }
  return { syntax: 'commands', ...content }
}

/** The parameters of a component as DescribeImageComponents tells them; commands have none. */
export function declaredParameters(content: Content): ComponentParameter[] {
  return content.syntax === 'yaml' ? content.parameters.map(describeParameter) : []
}

/**
 * Which syntax a text is in shows at its first line that is neither blank nor a comment. It is
 * YAML when that line begins a document (`---`, `%YAML`, `{`, `- `) or is a key such as `Tasks:`
 * or `Parameters:`. A misspelt key counts too, so that the message speaks of keys; a command word
 * with a colon, `RUN: ls`, does not.
 */
function isYaml(first: string): boolean {
  if (/^(?:---(?:\s|$)|%|\{|-(?:\s|$))/.test(first)) return true
  const [, key] = /^["']?([\w-]+)["']?[ \t]*:(?:\s|$)/.exec(first) ?? []
  return key !== undefined && !COMMAND_WORDS.some((word) => word === key.toUpperCase())
}

function checkSize(text: string, use: ContentUse): void {
  // A UTF-16 unit is at least one byte of UTF-8, so a huge text need not be encoded to be counted.
  if (text.length <= MAX_BYTES && new TextEncoder().encode(text).length <= MAX_BYTES) return
  throw problem(lengthCode(use), `the content is longer than ${MAX_BYTES} bytes of UTF-8`)
}

/** The tables have no code for test content that is too long: the general one serves. */
function lengthCode(use: ContentUse): string {
  if (use.kind === 'component') return 'InvalidContent.LengthExceeded'
  return use.purpose === 'Build' ? 'InvalidBuildContent.LengthExceeded' : parameterCode(use)
}
