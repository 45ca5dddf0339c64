import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** What the sources look for beside themselves. */
const besides = ['node_modules', 'db', 'scenarios', 'test/fixtures', 'dist/web'] as const

/**
 * Compiles the sources and the programs of the tests once for all of the tests, into a folder of
 * their own: a process or a thread then begins in a fifth of the time that tsx takes, and the tests
 * begin hundreds.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'bakeline-compiled-'))
  compile(root, folder)
  // Some programs run as another user.
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'dist'))
  for (const name of besides) symlinkSync(join(root, name), join(folder, name), 'junction')
  process.env['BAKELINE_COMPILED'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

/**
 * Compiles what a project has of `src`, `machines`, `bench` and `test`.
 *
 * @param checked whether it must be right in its types; of the project itself, another check says so
 */
export function compile(project: string, folder: string, { checked = false } = {}): void {
  // It says that they are modules, and whoever follows the link comes to the project.
  symlinkSync(join(root, 'package.json'), join(folder, 'package.json'))
  const config = join(folder, 'tsconfig.json')
  const options = { noEmit: false, noCheck: !checked, declaration: false, sourceMap: false }
  const contents = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      ...options,
      types: checked ? ['node'] : [],
      rootDir: project,
      outDir: folder,
    },
    include: ['src', 'machines', 'bench', 'test'].map((part) => join(project, part)),
    exclude: [join(project, 'node_modules')],
  }
  writeFileSync(config, JSON.stringify(contents))
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', config], { stdio: 'inherit' })
}
