import type { ElkExtendedEdge, ElkNode, ElkPort } from 'elkjs/lib/elk-api.js'
import type { Answer } from './answers.js'
import { type Edge, edgesOf, spineOf } from './edges.js'
import { hostsTasks, type MachineModel, type StateNode } from './machine.js'

/** Where a state stands; the whole chart's own measure. */
export interface Box {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly depth: number
}

export interface Line {
  readonly edge: Edge
  readonly points: readonly (readonly [x: number, y: number])[]
}

/** A machine, laid out: depends on the machine alone, so nothing moves when a state is entered. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
  /** The disc before the initial state, and the line from it. */
  readonly initial: {
    readonly x: number
    readonly y: number
    readonly to: readonly [number, number]
  }
}

const sizes = {
  leaf: { width: 158, height: 38 },
  final: { width: 84, height: 26 },
  host: { width: 200, height: 230 },
  header: 27,
  padding: 12,
} as const

/** The height at which the main way runs through every state. */
const spineY = 13.5
const margin = { top: 34, side: 16, bottom: 10 }

interface Placed {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
}

/** Who says where the boxes and lines of a graph stand. */
export interface Engine {
  readonly layout: (graph: ElkNode) => Promise<Answer>
}

/** Lays a machine out: each state by itself, inside out. */
export async function layoutOf(machine: MachineModel, elk: Engine): Promise<Layout> {
  const { root } = machine
  const edges = edgesOf(root)
  const inner = await placed(root, edges, elk, 0)
  const initialId = root.initial ?? root.states[0]?.id
  const first = inner.boxes.find(({ id }) => id === initialId)
  const shift = margin.side + 28
  const [x, y] = [shift + (first?.x ?? 0), margin.top + (first?.y ?? 0) + spineY]
  return {
    width: inner.width + shift + margin.side,
    height: inner.height + margin.top + margin.bottom,
    ...moved(inner, shift, margin.top),
    initial: { x: x - 23, y, to: [x, y] },
  }
}

function moved({ boxes, lines }: Pick<Placed, 'boxes' | 'lines'>, dx: number, dy: number) {
  return {
    boxes: boxes.map((box) => ({ ...box, x: box.x + dx, y: box.y + dy })),
    lines: lines.map(({ edge, points }) => ({
      edge,
      points: points.map(([x, y]) => [x + dx, y + dy] as const),
    })),
  }
}

async function placed(
  state: StateNode,
  edges: ReadonlyMap<string, readonly Edge[]>,
  elk: Engine,
  depth: number,
): Promise<Placed> {
  const inside = new Map<string, Placed>()
  for (const child of state.states) {
    if (child.states.length > 0) inside.set(child.id, await placed(child, edges, elk, depth + 1))
  }
  const own = edges.get(state.id) ?? []
  const graph = graphOf(state, own, inside, depth)
  const laid = await elk.layout(graph)
  const children = laid.children ?? []
  const boxes = children.map(({ id, x = 0, y = 0, width = 0, height = 0 }) => {
    return { id, x, y, width, height, depth }
  })
  const lines = own.flatMap((edge) => {
    const found = (laid.edges ?? []).find(({ id }) => id === edge.id)
    return found === undefined ? [] : [{ edge, points: pointsOf(found) }]
  })
  const nested = boxes.flatMap((box) => {
    const inner = inside.get(box.id)
    return inner === undefined ? [] : [moved(inner, box.x + sizes.padding, box.y + innerTop)]
  })
  return {
    width: laid.width ?? 0,
    height: laid.height ?? 0,
    boxes: [...boxes, ...nested.flatMap((each) => each.boxes)],
    lines: [...lines, ...nested.flatMap((each) => each.lines)],
  }
}

const innerTop = sizes.header + 10

function sizeOf(state: StateNode, inside: Placed | undefined): { width: number; height: number } {
  if (inside !== undefined) {
    const { width, height } = inside
    return { width: width + 2 * sizes.padding, height: height + innerTop + sizes.padding }
  }
  if (state.type === 'final') return sizes.final
  return hostsTasks(state) ? sizes.host : sizes.leaf
}

/** One level for elk: boxes with a port for every line, so that the main way is straight. */
function graphOf(
  state: StateNode,
  edges: readonly Edge[],
  inside: ReadonlyMap<string, Placed>,
  depth: number,
): ElkNode {
  const spine = spineOf(state, edges)
  const across = depth === 0
  const ordered = [...state.states].sort((a, b) => rank(spine, a) - rank(spine, b))
  const children = ordered.map((child) => {
    const size = sizeOf(child, inside.get(child.id))
    return nodeOf(child, size, { edges, spine, across })
  })
  return {
    id: state.id,
    layoutOptions: across ? acrossOptions : downOptions,
    children,
    edges: edges.map((edge) => elkEdge(edge, spine)),
  }
}

const common = {
  'elk.algorithm': 'layered',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
}

const acrossOptions = {
  ...common,
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': '24',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '14',
  'elk.layered.spacing.nodeNodeBetweenLayers': '40',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
}

const downOptions = {
  ...common,
  'elk.direction': 'DOWN',
  'elk.spacing.nodeNode': '16',
  'elk.spacing.edgeNode': '9',
  'elk.spacing.edgeEdge': '8',
  'elk.layered.spacing.nodeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeNodeBetweenLayers': '7',
}

/** The main way first, in its order; then the others as the machine has them. */
function rank(spine: readonly string[], { id }: StateNode): number {
  const at = spine.indexOf(id)
  return at === -1 ? spine.length : at
}

interface Level {
  readonly edges: readonly Edge[]
  readonly spine: readonly string[]
  /** Whether the level runs from left to right. */
  readonly across: boolean
}

function nodeOf(
  state: StateNode,
  { width, height }: { width: number; height: number },
  level: Level,
): ElkNode {
  const ports = level.across
    ? portsAcross(state, width, height, level)
    : portsDown(state, width, height, level)
  return {
    id: state.id,
    width,
    height,
    ports,
    layoutOptions: {
      'elk.portConstraints': 'FIXED_POS',
      ...(state.type === 'final' && level.across
        ? { 'elk.layered.layering.layerConstraint': 'LAST' }
        : {}),
    },
  }
}

function port(id: string, side: string, x: number, y: number): ElkPort {
  return { id, x, y, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } }
}

function onSpine({ from, to, exceptional }: Edge, spine: readonly string[]): boolean {
  const at = spine.indexOf(from)
  return !exceptional && at !== -1 && spine[at + 1] === to
}

/** What belongs to the main way goes in and out at its height; the rest leaves below. */
function portsAcross(state: StateNode, width: number, height: number, level: Level): ElkPort[] {
  const { edges, spine } = level
  const out = edges.filter(({ from }) => from === state.id)
  const into = edges.filter(({ to }) => to === state.id)
  const below = out.filter((edge) => !onSpine(edge, spine))
  const beside = into.filter((edge) => !onSpine(edge, spine))
  const mid = Math.min(spineY, height / 2)
  return [
    ...out
      .filter((edge) => onSpine(edge, spine))
      .map((edge) => port(`${edge.id} out`, 'EAST', width, mid)),
    ...into
      .filter((edge) => onSpine(edge, spine))
      .map((edge) => port(`${edge.id} in`, 'WEST', 0, mid)),
    ...below.map((edge, index) => {
      // A state that is not on the main way has its own straight line.
      if (!spine.includes(state.id) && below.length === 1) {
        return port(`${edge.id} out`, 'EAST', width, mid)
      }
      const step = Math.min(36, width / (below.length + 1))
      return port(
        `${edge.id} out`,
        'SOUTH',
        width / 2 + (index - (below.length - 1) / 2) * step,
        height,
      )
    }),
    ...beside.map((edge, index) => {
      const first = spine.includes(state.id) ? Math.min(mid + 14, height - 4) : mid
      return port(`${edge.id} in`, 'WEST', 0, Math.min(first + index * 8, height - 3))
    }),
  ]
}

function portsDown(state: StateNode, width: number, height: number, level: Level): ElkPort[] {
  const { edges, spine } = level
  const out = edges.filter(({ from }) => from === state.id)
  const into = edges.filter(({ to }) => to === state.id)
  const place = (edge: Edge, all: readonly Edge[]): number => {
    if (onSpine(edge, spine)) return width / 2
    const others = all.filter((each) => !onSpine(each, spine))
    return width / 2 + (others.indexOf(edge) + 1) * Math.min(18, width / 2 / (others.length + 1))
  }
  return [
    ...out.map((edge) => port(`${edge.id} out`, 'SOUTH', place(edge, out), height)),
    ...into.map((edge) => port(`${edge.id} in`, 'NORTH', place(edge, into), 0)),
  ]
}

function elkEdge(edge: Edge, spine: readonly string[]): ElkExtendedEdge {
  const straight = onSpine(edge, spine) ? '10' : '0'
  return {
    id: edge.id,
    sources: [`${edge.id} out`],
    targets: [`${edge.id} in`],
    layoutOptions: {
      'elk.layered.priority.straightness': straight,
      'elk.layered.priority.direction': straight,
    },
  }
}

function pointsOf({ sections = [] }: ElkExtendedEdge): (readonly [number, number])[] {
  const [section] = sections
  if (section === undefined) return []
  const { startPoint, bendPoints = [], endPoint } = section
  return [startPoint, ...bendPoints, endPoint].map(({ x, y }) => [x, y] as const)
}
