import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openImageBuilder } from '../src/index.js'
// A test itself: its cases run as part of this file.
import '../examples/image-builder.test.js'

const root = resolve(import.meta.dirname, '..')

async function run(name: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', `examples/${name}.ts`],
    { cwd: root },
  )
  return stdout.trimEnd().split('\n')
}

describe('the example', () => {
  it('order.ts keeps its timer over a restart', async () => {
    expect(await run('order')).toEqual([
      'After 20 minutes it is open. The process stops.',
      'The next process finds it open.',
      'The bank books 42.',
      'It is paid after 30 minutes: receipt for 42.',
    ])
  })

  it('killed-task.ts does what was half done again, under the same key', async () => {
    expect(await run('killed-task')).toEqual([
      'The first process: Attempt 1: page 1 for Hangzhou is out.',
      'The first process is gone, by SIGKILL.',
      'The second process: Attempt 2: page 1 for Hangzhou is out.',
      'The second process: Attempt 2: page 2 for Hangzhou is out.',
      'The second process: The letter is posted.',
      'The second process is gone.',
      'The outside world saw 3 pages and 1 key.',
    ])
  })

  it('web.yaml is a template that can be created', async () => {
    const parameters: unknown = parse(readFileSync(resolve(root, 'examples/web.yaml'), 'utf8'))
    const builder = await openImageBuilder({ db: ':memory:', clock: 'virtual', worker: false })
    const request = { RegionId: 'cn-hangzhou', ...(parameters as object) }
    expect((await builder.createTemplate(request)).ImagePipelineId).toMatch(/^ip-/)
    await builder.engine.close()
  })

  const files = readdirSync(resolve(root, 'examples'), { recursive: true, encoding: 'utf8' })
  const texts = files.filter((name) => /\.(ts|ya?ml)$/.test(name))

  it.each(texts)('%s says first what it is for', (name) => {
    const text = readFileSync(resolve(root, 'examples', name), 'utf8')
    expect(text).toMatch(/^(\/\*\*\n \* \w|# \w)/)
  })
})
