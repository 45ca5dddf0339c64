import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const folder = resolve(import.meta.dirname, '../../dist/web')

interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
}

function sizeOf(file: string): number {
  return gzipSync(readFileSync(resolve(folder, file))).length
}

test('what is loaded first is small, and the layout engine is not of it', () => {
  if (!existsSync(folder)) throw new Error('the page is not built: npm run build')
  const built = JSON.parse(readFileSync(resolve(folder, 'built.json'), 'utf8')) as Readonly<
    Record<string, Chunk>
  >
  const entry = built['index.html']
  const scripts = [
    entry?.file ?? '',
    ...(entry?.imports ?? []).map((name) => built[name]?.file ?? ''),
  ]
  const styles = entry?.css ?? []
  expect(styles.length).toBeGreaterThan(0)
  const [js, css] = [scripts, styles].map((files) =>
    files.reduce((sum, file) => sum + sizeOf(file), 0),
  )
  expect(css).toBeLessThanOrEqual(12_000)
  expect((js ?? 0) + (css ?? 0) + sizeOf('index.html')).toBeLessThanOrEqual(150_000)
  const first = scripts.map((file) => readFileSync(resolve(folder, file), 'utf8')).join('')
  expect(first).not.toContain('org.eclipse.elk')
})
