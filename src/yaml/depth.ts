import { Lexer, Parser } from 'yaml'

/**
 * How deep a document may nest. The yaml library recurses, and near the end of the stack it can take
 * the whole process with it (V8 aborts when a regular expression cannot be compiled there), so
 * catching the error is not enough: the depth is counted before anything is built.
 */
export const deepest = 64

/** How many nodes aliases may stand for in all: the library's own guard against alias bombs. */
export const mostAliases = 100

/** The offset where the nesting passes the limit, or undefined. Linear, and without recursion. */
export function tooDeepAt(text: string): number | undefined {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    // The tokens themselves are of no use here, but the stack moves only as they are drawn.
    Array.from(parser.next(lexeme))
    if (parser.stack.length > deepest) return parser.offset
  }
  return undefined
}
