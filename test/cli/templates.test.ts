import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Console, plain, web } from './console.js'

describe('template create', () => {
  it('makes the database and says the id', async () => {
    const console = new Console()
    const { out, err } = await console.create(web)
    expect(out).toBe('ip-bp1esfapgf0ua0ek8016  web\n')
    expect(err).toBe('')
    expect(existsSync(console.db)).toBe(true)
  })

  it('takes several documents, a map of names, JSON and standard input', async () => {
    const console = new Console()
    await console.create(`${plain('one')}---\n# nothing\n---\n${plain('two')}`)
    const map = plain('x')
      .replace(/^Name.*\n/, '')
      .replaceAll(/^/gm, '    ')
    await console.create(`templates:\n  three:\n${map}\n  four:\n${map}`)
    const json = JSON.stringify({
      Name: 'five',
      BaseImageType: 'IMAGE',
      BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
    })
    expect((await console.run('template create -f -', { stdin: json })).code).toBe(0)
    const { out } = await console.run('template list --json')
    const { templates } = JSON.parse(out) as { templates: { Name: string }[] }
    expect(templates.map(({ Name }) => Name).sort()).toEqual(
      ['one', 'two', 'three', 'four', 'five'].sort(),
    )
  })

  it('goes to --region unless the file names another', async () => {
    const console = new Console()
    await console.create(`${plain('here')}---\n${plain('there')}RegionId: cn-beijing\n`)
    await console.create(plain('far'), '--region cn-shanghai')
    const { out } = await console.run('template list')
    expect(out).toMatch(/here +cn-hangzhou/)
    expect(out).toMatch(/there +cn-beijing/)
    expect(out).toMatch(/far +cn-shanghai/)
    const one = await console.run('template list --region cn-beijing')
    expect(one.out.trim().split('\n')).toHaveLength(2)
  })

  it.each([
    [
      'an unknown field, with place and nearest word',
      plain('web') + 'BuildContnt: RUN true\n',
      2,
      './bad.yaml:4:1: InvalidParameter: The parameter "BuildContnt" is not one that ' +
        'CreateImagePipeline takes. Did you mean "BuildContent"?\n',
    ],
    ['what is not there', plain('web').replace('alibase', 'alibaba'), 4, /InvalidImage.NotFound/],
    ['broken YAML', 'Name: [web\n', 2, /bad.yaml:\d+:\d+: not valid YAML/],
    ['a mistake in the second document', `${plain('ab')}---\nNam: x\n`, 2, /bad.yaml:5:1: .*"Nam"/],
    ['a list', '- Name: web\n', 2, /bad.yaml:1:1: this must be a mapping of parameters/],
    ['something beside the map', 'templates: {}\nName: x\n', 2, /:2:1: "Name" cannot stand beside/],
    ['a map of text', 'templates: { web: x }\n', 2, /"web" must be a mapping of parameters/],
    ['a list of templates', 'templates: [x]\n', 2, /"templates" must be a mapping from names/],
    ['nothing', '# empty\n', 2, /nothing to create/],
  ])('refuses %s, and leaves no database behind', async (_, text, code, message) => {
    const console = new Console()
    const file = console.write('bad.yaml', text)
    const ran = await console.run(`template create -f ${file}`)
    expect([ran.code, ran.out]).toEqual([code, ''])
    expect(ran.err).toMatch(message)
    expect(ran.err).not.toMatch(/ at .*\.ts/)
    expect(existsSync(console.db)).toBe(false)
  })

  it('says how many were created before one that is refused', async () => {
    const console = new Console()
    await console.create(plain('first'))
    const file = console.write('b.yaml', `${plain('second')}---\n${plain('x y')}`)
    const { code, out, err } = await console.run(`template create -f ${file}`)
    expect(code).toBe(2)
    expect(out).toMatch(/second/)
    expect(err).toMatch(/b.yaml:5:1: InvalidName.Malformed: .* \(1 of 2 were created before it.\)/)
  })

  it('refuses a file that is not there', async () => {
    const { code, err } = await new Console().run('template create -f nowhere.yaml')
    expect([code, err]).toEqual([
      2,
      'bakeline: nowhere.yaml cannot be read: there is no such file\n',
    ])
  })
})

describe('template', () => {
  it('show has the parameters, as text and as JSON', async () => {
    const console = new Console()
    await console.create(web)
    const { out } = await console.run('template show web')
    expect(out).toContain('Template  ip-bp1esfapgf0ua0ek8016')
    expect(out).toContain('BuildContent: RUN yum update -y')
    const json = JSON.parse((await console.run('template show web --json')).out) as object
    expect(json).toMatchObject({ ImagePipelineId: 'ip-bp1esfapgf0ua0ek8016', Name: 'web' })
  })

  it('delete takes its executions along, and is refused while one runs', async () => {
    const console = new Console()
    await console.create(web)
    await console.run('start web --detach')
    const refused = await console.run('template delete web')
    expect([refused.code, refused.out]).toEqual([3, ''])
    expect(refused.err).toMatch(/^InvalidImagePipeline.HasRunningExecution: /)
    await console.run('watch')
    expect(await console.run('template delete web')).toEqual({
      code: 0,
      out: 'ip-bp1esfapgf0ua0ek8016 (web) is deleted, with its executions.\n',
      err: '',
    })
    expect((await console.run('list')).out).toBe('No executions.\n')
    expect((await console.run('image list')).out.trim().split('\n')).toHaveLength(3)
  })

  it('is found by id in any region, by name in one', async () => {
    const console = new Console()
    const { out } = await console.create(plain('far'), '--region cn-beijing')
    const id = out.split(' ')[0] ?? ''
    expect((await console.run(`template show ${id}`)).code).toBe(0)
    expect((await console.run('template show far --region cn-beijing')).code).toBe(0)
    expect(await console.run('template show far')).toEqual({
      code: 4,
      out: '',
      err: 'bakeline: no template "far" in cn-hangzhou of ./test.db; there is one in cn-beijing (--region)\n',
    })
    const other = await console.run(`template show ${id} --region cn-shanghai`)
    expect([other.code, other.err]).toEqual([4, expect.stringContaining('cn-beijing (--region)')])
  })

  it('that is misspelt gets the nearest name', async () => {
    const console = new Console()
    await console.create(plain('webserver'))
    const { code, err } = await console.run('start websrever')
    expect([code, err]).toEqual([4, expect.stringContaining('did you mean "webserver"?')])
  })

  it('whose name is not enough gets the candidates', async () => {
    const console = new Console()
    await console.create(`${plain('twin')}---\n${plain('twin')}`)
    const { code, err } = await console.run('start twin')
    expect(code).toBe(2)
    expect(err).toMatch(/^bakeline: 2 templates in cn-hangzhou are called "twin"; say which by id:/)
    expect(err.match(/\n {2}ip-bp1\w{17} {2}created 2026-01-05T02:00:00Z/g)).toHaveLength(2)
  })

  it('of a database without any says how to create one', async () => {
    const console = new Console()
    await console.create(plain('gone'))
    await console.run('template delete gone')
    const { code, err } = await console.run('start web')
    expect([code, err]).toEqual([4, expect.stringContaining('"bakeline template create -f FILE"')])
    expect((await console.run('template list')).out).toBe('No templates.\n')
  })
})
