import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml'
import type { Path } from '../plan/problems.js'
import type { Source } from './source.js'

/** A place in a file; both count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * Where the value at a path stands, or its key; for what is not there, the nearest thing around it.
 * What an alias stands for is looked up where it is written.
 */
export function positionOf(source: Source, path: Path, at: 'key' | 'value'): Position {
  let node: unknown = source.document.contents
  let offset = offsetOf(node) ?? 0
  for (const [index, step] of path.entries()) {
    const { key, value } = child(resolved(source, node), step)
    const wantsKey = at === 'key' && index === path.length - 1
    const [first, second] = wantsKey ? [key, value] : [value, key]
    offset = offsetOf(first) ?? offsetOf(second) ?? offset
    node = value
  }
  const { line, col } = source.lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

function resolved({ document }: Source, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node
}

/** The value under a key or index, and the node that names it. */
function child(node: unknown, step: string | number): { key: unknown; value: unknown } {
  if (isSeq(node)) return { key: undefined, value: node.items[Number(step)] }
  if (!isMap(node)) return { key: undefined, value: undefined }
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
  return { key: pair?.key, value: pair?.value }
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
