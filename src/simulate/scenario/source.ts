import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml'
import { deepest, mostAliases, tooDeepAt } from '../../yaml/depth.js'
import { cut } from '../plan/shapes.js'
import type { Mistake } from './error.js'

/** Characters of a file. */
const longest = 1_000_000

/** A scenario file that is YAML of plain data; JSON is YAML. */
export interface Source {
  readonly document: Document
  readonly lines: LineCounter
  readonly value: unknown
}

/** Reads the file's YAML, or says what keeps it from being read. */
export function readSource(text: string): Source | readonly Mistake[] {
  if (text.length > longest) {
    return [at(new LineCounter(), 0, `the file has ${text.length} characters; at most ${longest}`)]
  }
  const deep = tooDeepAt(text)
  const lines = new LineCounter()
  if (deep !== undefined) {
    const column = deep - text.lastIndexOf('\n', deep - 1)
    const line = text.slice(0, deep).split('\n').length
    return [{ line, column, message: `nested deeper than ${deepest} levels` }]
  }
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  })
  const flaws = [...document.errors, ...document.warnings].map((flaw) =>
    at(lines, flaw.pos[0], syntaxMessage(flaw.code, flaw.message)),
  )
  if (flaws.length > 0) return flaws
  const strange = notPlain(document, lines)
  if (strange.length > 0) return strange
  return valueOf(document, lines)
}

function valueOf(document: Document, lines: LineCounter): Source | readonly Mistake[] {
  try {
    return { document, lines, value: document.toJS({ maxAliasCount: mostAliases }) }
  } catch {
    // Nothing but an alias can fail once the nodes are known to be plain.
    return [at(lines, firstAlias(document), `its aliases stand for more than ${mostAliases} nodes`)]
  }
}

/** What YAML can say and JSON cannot. */
function notPlain(document: Document, lines: LineCounter): Mistake[] {
  const found: Mistake[] = []
  let aliases = 0
  const note = (node: unknown, message: string) =>
    found.push(at(lines, (node as Node | undefined)?.range?.[0] ?? 0, message))
  visit(document, {
    Pair: (_, pair: Pair) => {
      if (!isScalar(pair.key)) note(pair.key, 'a key must be text')
      else if (forbidden.has(String(pair.key.value))) {
        note(pair.key, `"${String(pair.key.value)}" cannot be a key`)
      }
    },
    Scalar: (_, { value, range }) => {
      if (typeof value === 'number' && !Number.isFinite(value)) {
        note({ range }, `${value} is not a number that JSON knows`)
      }
    },
    Alias: (_, { source, range }, above) => {
      aliases += 1
      const around = above.some((node) => isCollection(node) && node.anchor === source)
      if (around) note({ range }, `"&${cut(source)}" contains itself`)
      else if (aliases === mostAliases + 1) note({ range }, `more than ${mostAliases} aliases`)
    },
  })
  return found
}

/** Keys that mean something to JavaScript rather than to us. */
const forbidden = new Set(['__proto__', 'toJSON'])

function firstAlias(document: Document): number {
  let offset = 0
  visit(document, {
    Alias: (_, alias) => {
      offset = alias.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return offset
}

/** The library's words, where they speak to programmers, put for the writer of a file. */
function syntaxMessage(code: string, message: string): string {
  switch (code) {
    case 'MULTIPLE_DOCS':
      return 'a scenario is one document: take the "---" out, or make two files'
    case 'DUPLICATE_KEY':
      return 'this key stands here twice'
    case 'TAG_RESOLVE_FAILED':
      return `${cut(message)}: a scenario has plain data only`
    default:
      return `not valid YAML: ${cut(message.trim())}`
  }
}

function at(lines: LineCounter, offset: number, message: string): Mistake {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col), message }
}

/** Whether the file holds a mapping, as every scenario does. */
export function isMapping({ document }: Source): boolean {
  return isMap(document.contents)
}
