import { readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Console, plain } from './console.js'

/** An execution of a file, by its id. */
async function baked(): Promise<{ console: Console; id: string }> {
  const console = new Console()
  await console.create(plain('web'))
  await console.run('start web')
  const { out } = await console.run('list --json')
  return { console, id: /exec-[0-9a-f]{20}/.exec(out)?.[0] ?? '' }
}

describe('export', () => {
  it('writes one file that asks for nothing, and says how large it is', async () => {
    const { console, id } = await baked()
    const file = console.path('incident.html')
    const { code, out, err } = await console.run(`export ${id} --html -o ${file}`)
    expect([code, out]).toEqual([0, ''])
    expect(err).toMatch(/^\.\/incident\.html: \d+ kB, opens in any browser, from disk\n$/)
    const html = readFileSync(file, 'utf8')
    expect(html).toMatch(/^<!doctype html>/i)
    expect(html).toContain(id)
    expect(html).not.toMatch(/<(?:script|link|img)[^>]*\s(?:src|href)=/i)
    expect(statSync(file).size).toBeLessThanOrEqual(400_000)
  })

  it('leaves a file alone that is there already', async () => {
    const { console, id } = await baked()
    const file = console.write('incident.html', 'mine')
    const { code, err } = await console.run(`export ${id} -o ${file}`)
    expect([code, err]).toEqual([
      2,
      'bakeline: ./incident.html exists already: name another with --out\n',
    ])
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('writes to standard output where that is asked', async () => {
    const { console, id } = await baked()
    const { code, out, err } = await console.run(`export ${id} -o -`)
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^<!doctype html>/i)
    expect(out.trimEnd()).toMatch(/<\/html>$/)
  })

  it('answers in JSON what it wrote', async () => {
    const { console, id } = await baked()
    const file = console.path('a.html')
    const { out } = await console.run(`export ${id} -o ${file} --json`)
    const { bytes } = JSON.parse(out) as { bytes: number }
    expect(bytes).toBe(statSync(file).size)
  })

  it('of an execution that is not there is not found, in a file and on a server', async () => {
    const { console } = await baked()
    const { code, err } = await console.run('export exec-0 -o -')
    expect(code).toBe(4)
    expect(err).toContain('exec-0')
    const away = await console.run('export exec-0 --from http://127.0.0.1:1 -o -')
    expect([away.code, away.err]).toEqual([
      2,
      'bakeline: no emulator answers at http://127.0.0.1:1/_bakeline/executions/exec-0/steps\n',
    ])
  })
})
