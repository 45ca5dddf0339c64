import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { assign, createMachine, emit } from 'xstate'
import { describe, expect, onTestFinished, test } from 'vitest'
import { executionMachine } from '../../machines/execution.js'
import type { Json } from '../../src/core/json.js'
import { diff } from '../../src/diff.js'
import type { MachineDefinition } from '../../src/engine/definition.js'
import { jsonDifferences } from '../../src/simulate/diff/json-difference.js'
import { renderDiff } from '../../src/simulate/diff/side-by-side.js'

type Machine = MachineDefinition['machine']

const tested = `name: Tested
templates:
  web:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
    TestContent: RUN true
    ToRegionId: [cn-beijing]
steps:
  - start: web
  - wait: web
`

function compare(machine: Machine, text = tested) {
  const folder = mkdtempSync(join(tmpdir(), 'bakeline-diff-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'scenario.yaml')
  writeFileSync(file, text)
  return diff(file, { left: { name: 'ours' }, right: { name: 'theirs', machine } })
}

const provided = (parts: Parameters<typeof executionMachine.provide>[0]): Machine =>
  executionMachine.provide(parts) as unknown as Machine

/** A version that cannot be cancelled while it prepares. */
function withoutCancel(): Machine {
  const { config } = executionMachine
  const { create } = config.states as unknown as Record<'create', Record<string, Config>>
  const preparing = { ...(create['states']?.['preparing'] as Config), on: {} }
  const states = { ...create['states'], preparing }
  return createMachine(
    { ...config, states: { ...config.states, create: { ...create, states } } } as never,
    executionMachine.implementations as never,
  ) as unknown as Machine
}

interface Config {
  readonly [key: string]: Config
}

describe('one scenario on two versions of the machine', () => {
  test('is the same when the machines are', async () => {
    const { sides, divergence } = await compare(provided({}))
    expect(divergence).toBeNull()
    expect(sides[0].replayed.hash).toBe(sides[1].replayed.hash)
    expect(renderDiff(sides, divergence, 80)).toMatch(/✔ the same to the last byte\n$/)
  })

  test('parts at the step that goes to another state, with what it asks for on each side', async () => {
    const { sides, divergence } = await compare(provided({ guards: { hasTests: () => false } }))
    expect(divergence).toMatchObject({
      step: { title: 'wait for web to end', line: 10 },
      offset: 300_000,
      seq: 3,
    })
    const different = divergence?.aspects.filter(({ differs }) => differs)
    expect(different).toEqual(
      expect.arrayContaining([
        { what: 'state', left: '{"create":"testing"}', right: 'copy', differs: true },
        {
          what: 'effect 2',
          left: 'startTask testImage',
          right: 'emit image.copying',
          differs: true,
        },
      ]),
    )
    expect(renderDiff(sides, divergence, 120)).toMatch(
      /✘ they part at \+5m, record 3 of exec-\w+, in "wait for web to end" \(line 10\):/,
    )
  })

  test('parts where only the context differs, which no trace shows', async () => {
    const { sides, divergence } = await compare(
      provided({ actions: { imageIsCreating: assign({ image: 'creating', repairMode: 'All' }) } }),
    )
    expect(sides[0].replayed.hash).toBe(sides[1].replayed.hash)
    expect(divergence?.aspects.filter(({ differs }) => differs)).toEqual([
      { what: 'context.repairMode', left: 'null', right: 'All', differs: true },
    ])
  })

  test('parts where only an effect carries something else', async () => {
    const { divergence } = await compare(
      provided({
        actions: {
          tellAvailable: emit(({ context }) => ({
            type: 'image.available' as const,
            executionId: context.executionId,
            templateId: 'another',
            region: context.region,
            imageId: context.imageId,
          })),
        },
      }),
    )
    const different = divergence?.aspects.filter(({ differs }) => differs)
    expect(different?.map(({ what, right }) => [what, right])).toContainEqual([
      'effect 1.event.templateId',
      'another',
    ])
  })

  test('parts where a command is answered in another way', async () => {
    const text = tested.replace('  - wait: web\n', '  - cancel: web\n  - wait: web\n')
    const { divergence } = await compare(withoutCancel(), text)
    expect(divergence?.step.title).toBe('cancel web')
    expect(divergence?.aspects[0]).toEqual({
      what: 'what',
      left: 'cancel web = accepted',
      right: 'cancel web = failed: EVENT_REFUSED',
      differs: true,
    })
  })

  test('refuses a machine of another id', async () => {
    await expect(
      compare(createMachine({ id: 'order' }) as unknown as Machine),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: '"order" is no execution machine: its id must be "execution"',
    })
  })
})

describe('differences of JSON', () => {
  test('are told with their paths', () => {
    expect(
      jsonDifferences({ a: 1, b: [1, { c: null }] }, { a: 1, b: [2, { c: 0 }, 3], d: '' }),
    ).toEqual([
      { path: 'b[0]', left: 1, right: 2 },
      { path: 'b[1].c', left: null, right: 0 },
      { path: 'b[2]', left: undefined, right: 3 },
      { path: 'd', left: undefined, right: '' },
    ])
    expect(jsonDifferences([], {})).toEqual([{ path: '', left: [], right: {} }])
  })

  test('there are none exactly when the values are the same', () => {
    const value = fc
      .jsonValue({ maxDepth: 3 })
      .map((each) => JSON.parse(JSON.stringify(each)) as Json)
    fc.assert(
      fc.property(value, value, (left, right) => {
        expect(jsonDifferences(left, structuredClone(left))).toEqual([])
        const same = sorted(left) === sorted(right)
        expect(jsonDifferences(left, right).length === 0).toBe(same)
      }),
    )
  })
})

/** The same text for the same value, whatever the order of its keys. */
function sorted(value: Json): string {
  return JSON.stringify(value, (_, inner: Json) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
