import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Console, plain } from './console.js'

const harden = `Name: harden
ComponentType: Build
SystemType: Linux
Content: RUN yum update -y
`

async function withComponent(): Promise<{ console: Console; id: string }> {
  const console = new Console()
  const file = console.write('harden.yaml', harden)
  const { out } = await console.run(`component create -f ${file} --seed 1`)
  return { console, id: out.split(' ')[0] ?? '' }
}

describe('component', () => {
  it('is created, listed, shown and deleted', async () => {
    const { console, id } = await withComponent()
    expect(id).toMatch(/^ic-bp1/)
    expect((await console.run('component list')).out).toMatch(/harden +1.0.0 +Build +Linux/)
    const { out } = await console.run('component show harden')
    expect(out).toMatch(/Component +ic-bp1/)
    expect(out).toMatch(/\n\nRUN yum update -y\n$/)
    expect((await console.run('component delete harden')).out).toBe(`${id} (harden) is deleted.\n`)
    expect((await console.run('component list')).out).toMatch(/^No components/)
    expect((await console.run('component show harden')).code).toBe(4)
  })

  it('is not deleted while a template names it', async () => {
    const { console, id } = await withComponent()
    await console.run('template create -f -', {
      stdin: `${plain('web')}BuildContent: COMPONENT ${id}\n`,
    })
    const { code, err } = await console.run('component delete harden')
    expect([code, err]).toEqual([3, expect.stringMatching(/^InvalidImageComponent.InUse: /)])
  })

  it('with content that cannot be read leaves no database behind', async () => {
    const console = new Console()
    const { code, err } = await console.run('component create -f -', {
      stdin: harden.replace('RUN', 'RUNN'),
    })
    expect(code).toBe(2)
    expect(err).toMatch(/^stdin:1:1: \w+/)
    expect(existsSync(console.db)).toBe(false)
  })

  it('of one name in two versions is told apart by id', async () => {
    const { console } = await withComponent()
    await console.run('component create -f -', { stdin: harden })
    const { code, err } = await console.run('component show harden')
    expect([code, err]).toEqual([2, expect.stringMatching(/version 1.0.0\n.*version 2.0.0/)])
  })

  it('of the service is listed and shown too', async () => {
    const { console } = await withComponent()
    const { out } = await console.run('component list --system --json')
    const { components } = JSON.parse(out) as { components: { ImageComponentId: string }[] }
    expect(components.length).toBeGreaterThan(2)
    const [first] = components
    const shown = await console.run(`component show ${first?.ImageComponentId} --json`)
    expect(JSON.parse(shown.out)).toMatchObject({ ImageComponentId: first?.ImageComponentId })
  })
})
