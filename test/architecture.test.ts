import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Which rooms a room may import from, beside itself. Packages count as rooms of their own. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  machines: ['xstate'],
  core: ['xstate', 'node:crypto'],
  engine: ['core', 'xstate', 'tinyqueue'],
  ids: ['core', 'nanoid'],
  clock: ['core'],
  yaml: ['yaml-package'],
  store: [
    'core',
    'better-sqlite3',
    'node:crypto',
    'node:fs',
    'node:path',
    'node:perf_hooks',
    'node:url',
    'node:module',
    'node:worker_threads',
  ],
  imagebuilder: ['engine', 'core', 'machines', 'ids', 'yaml', 'yaml-package', 'zod'],
  simulate: [
    '@marcbachmann/cel-js',
    'croner',
    'tinyqueue',
    'imagebuilder',
    'ids',
    'engine',
    'core',
    'machines',
    'yaml',
    'yaml-package',
    'zod',
    'node:crypto',
  ],
  gateway: ['imagebuilder', 'engine', 'core', 'machines', 'zod', 'node:crypto'],
  page: ['node:crypto', 'node:fs', 'node:url'],
  server: [
    'page',
    'gateway',
    'simulate',
    'imagebuilder',
    'engine',
    'core',
    'machines',
    'hono',
    'zod',
    'node:http',
    'node:net',
  ],
  compose: [
    'store',
    'clock',
    'ids',
    'gateway',
    'simulate',
    'imagebuilder',
    'engine',
    'core',
    'node:crypto',
    'node:fs',
    'node:module',
    'node:os',
    'node:path',
    'machines',
    'node:timers',
    'node:url',
    'node:worker_threads',
  ],
  emulator: [
    'compose',
    'record',
    'server',
    'gateway',
    'store',
    'clock',
    'simulate',
    'imagebuilder',
    'engine',
    'core',
    'node:fs',
    'node:os',
    'node:path',
    'node:worker_threads',
  ],
  jobs: [
    'pollers',
    'compose',
    'server',
    'simulate',
    'imagebuilder',
    'engine',
    'core',
    'node:worker_threads',
  ],
  pollers: [
    'emulator',
    'compose',
    'gateway',
    'simulate',
    'imagebuilder',
    'engine',
    'core',
    'machines',
    'store',
    'clock',
    'node:child_process',
    'node:events',
  ],
  record: [
    'compose',
    'simulate',
    'imagebuilder',
    'engine',
    'core',
    'machines',
    'node:fs',
    'node:os',
    'node:path',
  ],
  testing: [
    'fast-check',
    'node:fs',
    'node:path',
    'compose',
    'emulator',
    'simulate',
    'imagebuilder',
    'core',
    'machines',
    'vitest',
  ],
  cli: [
    'page',
    'compose',
    'record',
    'emulator',
    'pollers',
    'gateway',
    'store',
    'clock',
    'simulate',
    'imagebuilder',
    'engine',
    'core',
    'machines',
    'commander',
    'yaml',
    'yaml-package',
    'better-sqlite3',
    'xmlbuilder',
    'node:*',
  ],
  index: [
    'compose',
    'record',
    'emulator',
    'pollers',
    'store',
    'simulate',
    'imagebuilder',
    'engine',
    'core',
  ],
}

/** Files at the top of src/ are rooms of their own, or belong to the one that composes. */
const singles: Readonly<Record<string, string>> = {
  'src/compose.ts': 'compose',
  'src/archive.ts': 'compose',
  'src/replay.ts': 'compose',
  'src/explore.ts': 'compose',
  'src/explore-ports.ts': 'compose',
  'src/explore-thread.ts': 'compose',
  'src/explore-threads.ts': 'compose',
  'src/fork.ts': 'compose',
  'src/diff.ts': 'compose',
  'src/fleet.ts': 'compose',
  'src/fleet-threads.ts': 'compose',
  'src/fleet-worker.ts': 'compose',
  'src/threads.ts': 'compose',
  'src/version.ts': 'compose',
  'src/index.ts': 'index',
}

function roomOf(path: string): string {
  const single = singles[path]
  if (single !== undefined) return single
  const [top = '', second = ''] = path.split('/')
  return top === 'src' ? second : top
}

interface Import {
  readonly from: string
  readonly file: string
  readonly to: string
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  const specifiers = [...text.matchAll(/\b(?:from|import)\s*\(?\s*'([\w./@:-]+)'/g)].map(
    ([, name]) => name,
  )
  return specifiers.map((specifier) => ({
    from: roomOf(file),
    file,
    to: target(file, specifier as string),
  }))
}

function target(file: string, specifier: string): string {
  if (specifier === 'yaml') return 'yaml-package'
  if (/^(@hono\/.*|hono)(\/|$)/.test(specifier)) return 'hono'
  if (!specifier.startsWith('.')) return specifier.replace(/^node:(\w+)\/.*$/, 'node:$1')
  const path = relative(root, resolve(root, dirname(file), specifier.replace(/\.js$/, '.ts')))
  return roomOf(path)
}

function allowed({ from, to }: Import): boolean {
  if (from === to) return true
  const names = arrows[from] ?? []
  return names.includes(to) || (to.startsWith('node:') && names.includes('node:*'))
}

const files = ['src', 'machines'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
)
const imports = files.flatMap(importsOf)

describe('the arrows between the rooms', () => {
  test('every room has its arrows written down', () => {
    const rooms = new Set(files.map(roomOf))
    expect([...rooms].filter((room) => !(room in arrows))).toEqual([])
    expect(imports.length).toBeGreaterThan(100)
  })

  test('no import goes against them', () => {
    const wrong = imports.filter((each) => !allowed(each))
    expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([])
  })

  test('an import against them would be found', () => {
    const broken = { from: 'core', file: 'src/core/step.ts', to: 'store' }
    expect(allowed(broken)).toBe(false)
  })

  test('only one room touches a database, and only the command line reads arguments', () => {
    const users = (name: string) =>
      new Set(imports.filter(({ to }) => to === name).map(({ from }) => from))
    expect(
      [...users('better-sqlite3')].filter((room) => room !== 'store' && room !== 'cli'),
    ).toEqual([])
    expect([...users('commander')].filter((room) => room !== 'cli')).toEqual([])
    expect([...users('hono')].filter((room) => room !== 'server')).toEqual([])
  })

  test('the page talks HTTP only: it imports nothing of the other rooms', () => {
    const pages = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && name !== 'vite.config.ts')
      .map((name) => `web/${name}`)
    const outside = pages.flatMap(importsOf).filter(({ to }) => to !== 'web')
    expect(pages.length).toBeGreaterThan(20)
    expect(new Set(outside.map(({ to }) => to.split('/')[0]))).toEqual(new Set(['preact', 'elkjs']))
  })

  test('what the views of the page are made of imports nothing of them, nor do two of them each other', () => {
    const wrong = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .flatMap((name) => {
        const [room, view] = name.split('/')
        return viewsImported(`web/${name}`)
          .filter((to) => {
            if (room === 'views') return name !== 'views/registry.ts' && to !== view
            return ['lib', 'model', 'calls', 'parts', 'chart'].includes(room as string)
          })
          .map((to) => `${name} imports views/${to}`)
      })
    expect(wrong).toEqual([])
  })

  test('two stores, and two commands, do not import each other', () => {
    const sideways = files.flatMap((file) => {
      const [, room, part] = file.split('/')
      if (room !== 'store' && !file.startsWith('src/cli/commands/')) return []
      const text = readFileSync(join(root, file), 'utf8')
      if (room === 'store' && (part === 'memory' || part === 'sqlite')) {
        const other = part === 'memory' ? 'sqlite' : 'memory'
        return text.includes(`/${other}/`) ? [file] : []
      }
      return /from '\.\/[^']+'/.test(text) && room === 'cli' ? [file] : []
    })
    expect(sideways).toEqual([])
  })

  test('no files import each other in a circle', () => {
    const graph = new Map<string, string[]>()
    for (const file of files) {
      const text = readFileSync(join(root, file), 'utf8')
      const targets = [...text.matchAll(/from\s+'(\.[^']+)'/g)].map(([, specifier]) =>
        relative(root, resolve(root, dirname(file), (specifier as string).replace(/\.js$/, '.ts'))),
      )
      graph.set(file, targets)
    }
    expect(cyclesIn(graph)).toEqual([])
  })
})

/** The views that a file of the page takes something from, its style included. */
function viewsImported(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s+'(\.[^']+)'/g)].flatMap(([, specifier]) => {
    const to = relative(join(root, 'web'), resolve(root, dirname(file), specifier as string))
    return to.startsWith('views/') ? [to.split('/')[1] as string] : []
  })
}

function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      return
    }
    if (done.has(file)) return
    for (const next of graph.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of graph.keys()) visit(file, [])
  return cycles
}
