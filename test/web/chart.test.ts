import ELK from 'elkjs/lib/elk.bundled.js'
import { describe, expect, test } from 'vitest'
import { createMachine, setup } from 'xstate'
import { executionMachine } from '../../machines/execution.js'
import { imageMachine } from '../../machines/image.js'
import { machineJson } from '../../src/engine/machine-json.js'
import { edgesOf, spineOf } from '../../web/chart/edges.js'
import { type Box, type Layout, layoutOf } from '../../web/chart/layout.js'
import { activeIn, type MachineModel, pathsIn } from '../../web/chart/machine.js'
import { takenBy } from '../../web/chart/taken.js'

// What the browser's bundle calls a class is a module here.
const elk = new (ELK as unknown as new () => Parameters<typeof layoutOf>[1])()
const asSent = (value: unknown): MachineModel => JSON.parse(JSON.stringify(value)) as MachineModel
const execution = asSent(machineJson(executionMachine))

const order = asSent(
  machineJson(
    setup({}).createMachine({
      id: 'order',
      initial: 'open',
      states: {
        open: { on: { PAY: 'paying', CANCEL: 'gone' }, after: { 60_000: 'gone' } },
        paying: {
          type: 'parallel',
          onDone: 'sent',
          states: {
            money: {
              initial: 'asked',
              states: { asked: { on: { GOT: 'got' } }, got: { type: 'final' } },
            },
            goods: {
              initial: 'packed',
              states: { packed: { on: { PUT: 'put' } }, put: { type: 'final' } },
            },
          },
        },
        sent: { type: 'final' },
        gone: { type: 'final' },
      },
    }),
  ),
)

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/** Whether a stretch of a line runs through the inside of a box. */
function cuts({ lines }: Layout, box: Box): string[] {
  return lines.flatMap(({ edge, points }) =>
    points.slice(1).flatMap(([x2, y2], index) => {
      const [x1, y1] = points[index] ?? [0, 0]
      const inner = {
        x: Math.min(x1, x2),
        y: Math.min(y1, y2),
        width: Math.abs(x2 - x1),
        height: Math.abs(y2 - y1),
      }
      const shrunk = {
        ...box,
        x: box.x + 1,
        y: box.y + 1,
        width: box.width - 2,
        height: box.height - 2,
      }
      const through = overlap({ ...box, ...inner }, shrunk)
      return through ? [`${edge.id} through ${box.id}`] : []
    }),
  )
}

describe('the lines of a machine', () => {
  test('begin and end at the border of what is left and entered', () => {
    const top = edgesOf(execution.root).get('execution') ?? []
    const told = top.map(
      ({ from, to, exceptional }) => `${from.slice(10)} ${to.slice(10)}${exceptional ? ' !' : ''}`,
    )
    expect(new Set(told)).toEqual(
      new Set([
        'create release !',
        'create cancel !',
        'create copy',
        'copy share',
        'share release',
        'release done',
        'release failed',
        'cancel cancelled',
      ]),
    )
  })

  test('the main way is the one on which all goes well', () => {
    const edges = edgesOf(execution.root).get('execution') ?? []
    const spine = spineOf(execution.root, edges).map((id) => id.slice(10))
    expect(spine).toEqual(['create', 'copy', 'share', 'release', 'done'])
  })
})

describe.each([
  ['execution', execution],
  ['image', asSent(machineJson(imageMachine))],
  ['order, with parallel states', order],
])('the layout of %s', (_name, machine) => {
  const laid = layoutOf(machine, elk)

  test('has every state once, each inside the one around it', async () => {
    const { boxes, width, height } = await laid
    const paths = pathsIn(machine.root)
    expect(boxes.map(({ id }) => id).sort()).toEqual(
      [...paths.keys()].filter((id) => id !== machine.root.id).sort(),
    )
    const byId = new Map(boxes.map((box) => [box.id, box]))
    for (const box of boxes) {
      const around = byId.get(paths.get(box.id)?.at(-2)?.id ?? '') ?? { x: 0, y: 0, width, height }
      expect(box.x).toBeGreaterThanOrEqual(around.x)
      expect(box.y).toBeGreaterThanOrEqual(around.y)
      expect(box.x + box.width).toBeLessThanOrEqual(around.x + around.width + 0.5)
      expect(box.y + box.height).toBeLessThanOrEqual(around.y + around.height + 0.5)
    }
  })

  test('no state is over another, and no line runs through one', async () => {
    const layout = await laid
    const leaves = layout.boxes.filter(
      ({ id }) => (pathsIn(machine.root).get(id)?.at(-1)?.states.length ?? 0) === 0,
    )
    for (const [index, one] of leaves.entries()) {
      for (const other of leaves.slice(index + 1)) expect(overlap(one, other)).toBe(false)
      expect(cuts(layout, one)).toEqual([])
    }
  })

  test('the main way is one straight line', async () => {
    const { lines } = await laid
    const top = edgesOf(machine.root).get(machine.root.id) ?? []
    const spine = spineOf(machine.root, top)
    const heights = spine.slice(1).map((to, index) => {
      const line = lines.find(({ edge }) => edge.from === spine[index] && edge.to === to)
      return new Set(line?.points.map(([, y]) => Math.round(y)))
    })
    expect(heights.every((ys) => ys.size === 1)).toBe(true)
    expect(new Set(heights.flatMap((ys) => Array.from(ys))).size).toBe(1)
  })
})

describe('the transition that a step took', () => {
  const edges = [...edgesOf(execution.root).values()].flat()
  const taken = (before: unknown, event: string, after: unknown): string[] =>
    takenBy(execution.root, edges, { before, event, after }).map(({ id }) =>
      id.replaceAll('execution.', ''),
    )

  test('is the line of its event', () => {
    expect(taken({ create: 'testing' }, 'xstate.done.actor.testImage', 'copy')).toEqual([
      'create copy',
    ])
    expect(taken({ create: 'building' }, 'xstate.error.actor.buildImage', 'release')).toEqual([
      'create release',
    ])
    expect(taken({ create: 'preparing' }, 'CANCEL', 'cancel')).toEqual(['create cancel'])
    expect(
      taken({ create: 'preparing' }, 'xstate.done.actor.prepareInstance', { create: 'building' }),
    ).toEqual(['create.preparing create.building'])
  })

  test('goes on along what needs no event: stages with nothing to do', () => {
    expect(taken({ create: 'building' }, 'xstate.done.actor.buildImage', 'release')).toEqual([
      'create copy',
      'copy share',
      'share release',
    ])
    expect(taken('copy', 'xstate.done.actor.copy.cn-beijing', 'copy')).toEqual([])
    expect(taken('copy', 'xstate.error.actor.copy.cn-beijing', 'share')).toEqual(['copy share'])
    expect(taken('copy', 'xstate.done.actor.copy.cn-beijing', 'release')).toEqual([
      'copy share',
      'share release',
    ])
  })

  test('follows timers and the end of parallel states', () => {
    const all = [...edgesOf(order.root).values()].flat()
    const timer = { before: 'open', event: 'xstate.after.60000.order.open', after: 'gone' }
    expect(takenBy(order.root, all, timer).map(({ id }) => id)).toEqual(['order.open order.gone'])
    const value = { paying: { money: 'got', goods: 'packed' } }
    expect([...activeIn(order.root, value)]).toContain('order.paying.goods.packed')
  })
})

test('a machine of one state has a chart too', async () => {
  const lonely = asSent(machineJson(createMachine({ id: 'one' })))
  const layout = await layoutOf(lonely, elk)
  expect(layout.boxes).toEqual([])
})
