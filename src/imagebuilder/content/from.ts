import type { CommandLine } from './lines.js'
import { problem, quote } from './problem.js'

const FORM = /^(?:IMAGE:[\w.*-]+|IMAGE_FAMILY:[^\s]+)$/

/**
 * Checks a `FROM` of a template. The service has ignored it since 2024, when the base image became
 * a parameter, but documents its three codes still: once, first of all commands, well-formed.
 *
 * @throws EcsError
 */
export function checkFrom({ line, argument }: CommandLine, before: readonly CommandLine[]): void {
  const earlier = before.find(({ word }) => word === 'FROM')
  if (earlier) {
    throw problem(
      'DuplicatedCommand.FROM',
      `FROM stands on line ${earlier.line} already; at most one is allowed`,
      line,
    )
  }
  if (before.length > 0) {
    throw problem(
      'InvalidCommandOrder.FROM',
      'FROM must be the first command, or be left out',
      line,
    )
  }
  if (!FORM.test(argument)) {
    throw problem(
      'InvalidCommandContent.FROM',
      `FROM takes IMAGE:<image id> or IMAGE_FAMILY:<family>, not ${quote(argument)}`,
      line,
    )
  }
}
