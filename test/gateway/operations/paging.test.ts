import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { component, entries, region, type Service, service, started, template } from './service.js'

/** A list and a way to make one more of what it lists. */
interface Listing {
  readonly action: string
  readonly set: string
  readonly id: string
  readonly more: object
  make(ecs: Service): Promise<string>
}

const listings: readonly Listing[] = [
  {
    action: 'DescribeImagePipelines',
    set: 'ImagePipeline.ImagePipelineSet',
    id: 'ImagePipelineId',
    more: {},
    make: template,
  },
  {
    action: 'DescribeImageComponents',
    set: 'ImageComponent.ImageComponentSet',
    id: 'ImageComponentId',
    more: { Owner: 'SELF' },
    make: component,
  },
]

/** Steps between two pages: how long, and how many new ones. */
const between = fc.array(fc.record({ seconds: fc.nat(2), made: fc.nat(2) }), {
  minLength: 12,
  maxLength: 12,
})

describe.each(listings)('the pages of $action', ({ action, set, id, more, make }) => {
  it('visit everything once, in order, of whatever size and while more is made', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(9),
        fc.integer({ min: 1, max: 6 }),
        between,
        async (n, size, steps) => {
          const ecs = await service()
          const before = new Set<unknown>()
          for (let made = 0; made < n; made++) {
            if (made % 3 === 2) await ecs.builder.engine.advance('1s')
            before.add(await make(ecs))
          }
          const seen: string[] = []
          const times: string[] = []
          let NextToken = ''
          for (const step of steps) {
            const query = { RegionId: region, ...more, MaxResults: size, NextToken }
            const answer = await ecs.call(action, query)
            const page = entries(answer, set)
            expect(page.length).toBeLessThanOrEqual(size)
            seen.push(...page.map((each) => String(each[id])))
            times.push(...page.map((each) => String(each.CreationTime)))
            NextToken = String(answer.NextToken)
            if (NextToken === '') break
            await ecs.builder.engine.advance(`${step.seconds}s`)
            for (let made = 0; made < step.made; made++) await make(ecs)
          }
          expect(new Set(seen).size).toBe(seen.length)
          expect([...before].filter((each) => !seen.includes(each as string))).toEqual([])
          expect(times).toEqual([...times].sort().reverse())
        },
      ),
      { numRuns: 25 },
    )
  })
})

it('the pages of executions visit every one once, whatever becomes of them meanwhile', async () => {
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom('', 'SUCCESS,PREPARING'),
    async (n, size, Status) => {
      const ecs = await service()
      const ImagePipelineId = await template(ecs)
      const before: string[] = []
      for (let made = 0; made < n; made++) {
        before.unshift(await started(ecs, ImagePipelineId))
        await ecs.settle()
      }
      const seen: string[] = []
      let NextToken = ''
      do {
        const query = { RegionId: region, ImagePipelineId, MaxResults: size, Status, NextToken }
        const answer = await ecs.call('DescribeImagePipelineExecutions', query)
        const page = entries(answer, 'ImagePipelineExecution.ImagePipelineExecutionSet')
        seen.push(...page.map(({ ExecutionId }) => String(ExecutionId)))
        NextToken = String(answer.NextToken)
        // One more that begins and ends between two pages.
        await started(ecs, ImagePipelineId)
        await ecs.settle()
      } while (NextToken !== '')
      expect(seen).toEqual(before)
    },
  )
  await fc.assert(property, { numRuns: 10 })
})

describe('a page', () => {
  it('says how many there are in all, and how long pages are', async () => {
    const ecs = await service()
    for (let n = 0; n < 3; n++) await template(ecs)
    const query = { RegionId: region, MaxResults: '2' }
    const answer = await ecs.call('DescribeImagePipelines', query)
    expect(answer).toMatchObject({ TotalCount: 3, MaxResults: 2 })
    expect(entries(answer, 'ImagePipeline.ImagePipelineSet')).toHaveLength(2)
    const rest = await ecs.call('DescribeImagePipelines', {
      ...query,
      NextToken: answer.NextToken,
    })
    expect(rest).toMatchObject({ TotalCount: 3, NextToken: '' })
  })

  it('is not for who asked for something else', async () => {
    const ecs = await service()
    for (let n = 0; n < 3; n++) await template(ecs)
    const query = { RegionId: region, MaxResults: 1 }
    const { NextToken } = await ecs.call('DescribeImagePipelines', query)
    const refused = { code: 'Invalid.NextToken', status: 403 }
    const other = { ...query, Name: 'web', NextToken }
    await expect(ecs.call('DescribeImagePipelines', other)).rejects.toMatchObject(refused)
    const stranger = { account: '42' }
    await expect(
      ecs.call('DescribeImagePipelines', { ...query, NextToken }, stranger),
    ).rejects.toMatchObject(refused)
  })
})
