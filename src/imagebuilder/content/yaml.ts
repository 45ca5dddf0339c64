import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml'
import { type Json, jsonFlaw, viaJson } from '../../core/json.js'
import { deepest, mostAliases, tooDeepAt } from '../../yaml/depth.js'
import type { EcsError } from '../errors.js'

export type Path = readonly (string | number)[]

interface YamlDocument {
  readonly value: Json
  /** The line, from 1, where the value at the path stands, or the nearest one around it. */
  lineOf(path: Path): number
}

/**
 * Reads one YAML 1.2 document of plain data: what JSON can say, aliases allowed but bounded. The
 * size of the text is for the caller to bound.
 *
 * @throws what `refuse` makes of the first problem and its line.
 */
export function readYaml(
  text: string,
  refuse: (why: string, line: number) => EcsError,
): YamlDocument {
  const lines = new LineCounter()
  const deep = tooDeepAt(text)
  if (deep !== undefined) {
    throw refuse(`nested deeper than ${deepest} levels`, text.slice(0, deep).split('\n').length)
  }
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  })
  const [flaw] = [...document.errors, ...document.warnings]
  if (flaw) throw refuse(`no valid YAML: ${flaw.message.trim()}`, lineAt(lines, flaw.pos[0]))
  return { value: plainValue(document, refuse), lineOf: (path) => findLine(document, path, lines) }
}

function plainValue(document: Document, refuse: (why: string, line: number) => EcsError): Json {
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: mostAliases })
    viaJson(value)
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
    throw refuse(`its aliases or tags cannot be resolved: ${why}`, 1)
  }
  const flaw = jsonFlaw(value, 'the document')
  if (flaw !== null) throw refuse(`only plain data is allowed, but ${flaw}`, 1)
  return viaJson(value)
}

function findLine(document: Document, path: Path, lines: LineCounter): number {
  let node: unknown = document.contents
  let line = offsetLine(node, lines) ?? 1
  for (const step of path) {
    const [next, place] = child(node, step)
    line = offsetLine(place, lines) ?? line
    node = next
  }
  return line
}

/** The value under a key or index, and the node that shows its place: for a mapping the key. */
function child(node: unknown, step: string | number): [value: unknown, place: unknown] {
  if (isSeq(node)) {
    const item = node.items[Number(step)]
    return [item, item]
  }
  if (!isMap(node)) return [undefined, undefined]
  const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === step)
  return [pair?.value, pair?.key]
}

function offsetLine(node: unknown, lines: LineCounter): number | undefined {
  const offset = isNode(node) ? (node as Node).range?.[0] : undefined
  return offset === undefined ? undefined : lineAt(lines, offset)
}

function lineAt(lines: LineCounter, offset: number): number {
  return Math.max(1, lines.linePos(offset).line)
}
