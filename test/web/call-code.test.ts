import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as sdk from '@alicloud/ecs20140526'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { languages } from '../../web/calls/code/all.js'
import { camel, snake } from '../../web/calls/code/names.js'
import { curlCode, word } from '../../web/calls/code/shell.js'
import { type Call, sent } from '../../web/calls/operation.js'
import { signV3 } from '../../web/calls/sign.js'
import { call, examplesOf, operation, operations } from './call-samples.js'

function codeOf(name: string, of: Call = call): string | null {
  const language = languages.find((each) => each.name === name)
  if (language === undefined) throw new Error(name)
  return language.write(of, null)
}

describe('the code for Node', () => {
  let last = ''
  const server = createServer((request, response) => {
    last = request.url ?? ''
    response.setHeader('content-type', 'application/json;charset=utf-8')
    response.end('{"RequestId":"1"}')
  })
  beforeAll(async () => {
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done)
    })
  })
  afterAll(() => server.close())

  type Run = (sdk: unknown, process: unknown, console: unknown) => Promise<void>
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
    ...text: string[]
  ) => Run

  /** Runs it as it stands, but for the line that imports the SDK. */
  async function run(of: Call): Promise<[string, string][]> {
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const code = codeOf('Node.js', { ...of, host })?.replace(/^import .*$/m, '') ?? ''
    const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'a', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'b' }
    const quiet = { log: () => undefined }
    await new AsyncFunction('sdk', 'process', 'console', code)(sdk, { env }, quiet)
    return [...new URL(last, 'http://x').searchParams].sort()
  }

  const ofEcs = operations.filter(({ product }) => product === 'Ecs')
  test.each(ofEcs.map((each) => [each.action, each] as const))(
    'for %s runs, and puts every parameter onto the wire',
    async (_action, each) => {
      const values = examplesOf(each)
      const got = await run({ operation: each, values, host: '' })
      expect(got).toEqual(sent(values))
    },
  )

  test('carries quotes, newlines, lists, objects and what is no number', async () => {
    const values = { ...call.values, InternetMaxBandwidthOut: 'many' }
    expect(await run({ ...call, values })).toEqual(sent(values))
  })
})

describe('the code of the other languages', () => {
  const odd: Call = { ...call, values: { SystemDiskSize: 'many' } }

  test('Python has lists, models and its own names', () => {
    const code = codeOf('Python')
    expect(code).toContain('create_image_pipeline(models.CreateImagePipelineRequest(')
    expect(code).toContain("to_region_id=['cn-beijing', 'cn-shanghai'],")
    expect(code).toContain('add_account=[1203948579120394],')
    expect(code).toContain('delete_instance_on_failure=False,')
    expect(code).toContain(`name='it\\'s "web"',`)
    expect(code).toContain('tag=[models.CreateImagePipelineRequestTag(')
    expect(snake('VSwitchId')).toBe('v_switch_id')
    expect([camel('OSSBucket'), snake('OSSBucket')]).toEqual(['OSSBucket', 'ossbucket'])
    expect(codeOf('Python', odd)).toContain("system_disk_size='many',")
  })

  test('Go has pointers of each type', () => {
    const code = codeOf('Go')
    expect(code).toContain('[]*string{tea.String("cn-beijing"), tea.String("cn-shanghai")},')
    expect(code).toContain('AddAccount: []*int64{tea.Int64(1203948579120394)},')
    expect(code).toContain('SystemDiskSize: tea.Int32(12),')
    expect(code).toContain('Tag: []*sdk.CreateImagePipelineRequestTag{&sdk.CreateImagePipelineR')
    expect(code).toContain(
      'ImageFeatures: &sdk.CreateImagePipelineRequestImageOptionsImageFeatures{',
    )
    expect(codeOf('Go', odd)).toContain('// SystemDiskSize: the SDK cannot send what is no number')
  })

  test('Java has setters, and classes within the class of the request', () => {
    const code = codeOf('Java')
    expect(code).toContain('.setToRegionId(Arrays.asList("cn-beijing", "cn-shanghai"))')
    expect(code).toContain('.setAddAccount(Arrays.asList(1203948579120394L))')
    expect(code).toContain('new CreateImagePipelineRequest.CreateImagePipelineRequestTag()')
    expect(codeOf('Java', odd)).toContain('// SystemDiskSize')
  })

  test('aliyun and curl have the flat names, and words that a shell takes as they are', () => {
    expect(codeOf('aliyun')).toContain('--ToRegionId.2 cn-shanghai')
    expect(codeOf('curl')).toContain('--data-urlencode Tag.1.Key=for')
    expect(word(`it's`)).toBe(`'it'\\''s'`)
    const regions: Call = { operation: operation('DescribeRegions'), values: {}, host: 'h' }
    expect(codeOf('aliyun', regions)).toContain('--region cn-hangzhou')
  })

  test('curl repeats the request that was signed, where one was', async () => {
    const key = { id: 'AK', secret: 'S' }
    const signed = await signV3(call, { key, format: 'JSON', now: 0, nonce: 'n' })
    const code = curlCode(call, signed)
    expect(code).toContain(`-H 'authorization: ACS3-HMAC-SHA256 Credential=AK,`)
    expect(code).toContain("-H 'x-acs-date: 1970-01-01T00:00:00Z'")
    expect(code).not.toContain("-H 'host:")
  })

  test('Terraform has the resource where there is one, and says what has no argument', () => {
    const code = codeOf('Terraform')
    expect(code).toContain('resource "alicloud_ecs_image_pipeline" "this" {')
    expect(code).toMatch(/to_region_id +=\s\["cn-beijing", "cn-shanghai"\]/)
    expect(code).toContain('    "for" = "web"')
    expect(code).toContain('RUN b $${c}')
    expect(code).toContain('# no argument for ImageOptions')
    const images: Call = { operation: operation('DescribeImages'), values: {}, host: '' }
    expect(codeOf('Terraform', images)).toBeNull()
  })

  test('every language writes every operation, with brackets that match', () => {
    for (const each of operations) {
      const of: Call = { operation: each, values: examplesOf(each), host: '127.0.0.1:4526' }
      for (const { name, write } of languages) {
        const code = write(of, null)
        if (name !== 'Terraform') expect(code).toContain('127.0.0.1:4526')
        for (const [open, close] of [
          ['(', ')'],
          ['[', ']'],
          ['{', '}'],
        ]) {
          const count = (letter = ''): number => (code ?? '').split(letter).length
          expect([each.action, name, count(open)]).toEqual([each.action, name, count(close)])
        }
      }
    }
  })
})
