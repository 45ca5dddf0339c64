import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'

/** What the layout engine answers to a graph, as far as a layout takes it. */
export type Answer = Pick<ElkNode, 'id' | 'width' | 'height' | 'children' | 'edges'>

/** Answers by the graphs that were asked for: the same engine answers the same to the same graph. */
export type Answers = Readonly<Record<string, Answer>>

/** A short name of all that a graph asks for: its boxes, its lines and its options. */
export function nameOf(graph: ElkNode): string {
  return digest(JSON.stringify(graph))
}

/** An answer without what it repeats of its question. */
export function slim({ id, width, height, children = [], edges = [] }: ElkNode): Answer {
  return {
    id,
    ...sizeOf(width, height),
    children: children.map(({ id, x, y, width, height }) => {
      return { id, x: x ?? 0, y: y ?? 0, ...sizeOf(width, height) }
    }),
    edges: edges.map(
      ({ id, sections = [] }): ElkExtendedEdge => ({
        id,
        sources: [],
        targets: [],
        sections: sections.map(({ id, startPoint, endPoint, bendPoints = [] }) => {
          return { id, startPoint, endPoint, bendPoints }
        }),
      }),
    ),
  }
}

function sizeOf(width = 0, height = 0) {
  return { width, height }
}

/** 53 bits of a text; the digests of the browser ask for an address that is encrypted, or local. */
function digest(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 0x9e3779b1)
    b = Math.imul(b ^ code, 0x5f356495)
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35)
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return (4_294_967_296 * (b & 0x1fffff) + (a >>> 0)).toString(36)
}
