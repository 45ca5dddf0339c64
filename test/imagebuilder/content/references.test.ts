import { describe, expect, test as it } from 'vitest'
import { parseContent } from '../../../src/imagebuilder/content/content.js'
import { build, refusal, test } from './content-helpers.js'

function reference(argument: string) {
  const content = parseContent(`COMPONENT ${argument}`, build)
  return content.syntax === 'commands' ? content.components[0] : undefined
}

describe('a reference to a component', () => {
  it('names an id, and values for its parameters', () => {
    expect(reference('ic-bp18hy47cqavewsb**** --x 1 --y "two words" --z \'\' --w -3')).toEqual({
      line: 1,
      by: 'id',
      id: 'ic-bp18hy47cqavewsb****',
      parameters: { x: '1', y: 'two words', z: '', w: '-3' },
    })
  })

  it('keeps backslashes, and takes a quoted value that looks like an option', () => {
    expect(
      reference(String.raw`ic-1 --path C:\tools --say "a \"b\" \\ c" --flag "--on"`),
    ).toMatchObject({
      parameters: { path: 'C:\\tools', say: 'a "b" \\ c', flag: '--on' },
    })
  })

  it('names a name and version of an account, after a slash or a colon', () => {
    const named = {
      line: 1,
      by: 'name',
      region: 'cn-hangzhou',
      account: '1234567890123456',
      name: 'my:nginx',
      version: '1.0.*',
      parameters: { a: 'b' },
    }
    const prefix = 'acs:ecs:cn-hangzhou:1234567890123456:imagecomponent'
    expect(reference(`${prefix}/my:nginx/1.0.* --a b`)).toEqual(named)
    expect(reference(`${prefix}/my:nginx:1.0.* --a b`)).toEqual(named)
    expect(reference(`${prefix}/安装/*.*.*`)).toMatchObject({ name: '安装', version: '*.*.*' })
  })

  it('keeps a parameter that is called as a built-in property is', () => {
    const found = reference('ic-1 --__proto__ 1 --constructor 2')
    expect(Object.entries(found?.parameters ?? {})).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ])
  })

  const malformed = {
    '': 'names no component',
    nginx: '"nginx" names no component; COMPONENT takes ic-',
    'ic-': 'names no component',
    'm-1': 'names no component',
    'acs:ram:cn-hangzhou:1:imagecomponent/a/1.0.0': 'names no component',
    'acs:ecs::1:imagecomponent/a/1.0.0': 'names no component',
    'acs:ecs:cn-hangzhou:1:imagecomponent/a': 'is no <Name>/<major>.<minor>.<patch>',
    'acs:ecs:cn-hangzhou:1:imagecomponent/1.0.0': 'is no <Name>',
    'acs:ecs:cn-hangzhou:1:imagecomponent/a/1.0': 'is no <Name>',
    'acs:ecs:cn-hangzhou:1:imagecomponent/a/1.0.x': 'is no <Name>',
    'acs:ecs:cn-hangzhou:1:imagecomponent/a/01.0.0': 'is no <Name>',
    'acs:ecs:cn-hangzhou:1:imagecomponent/a/b/1.0.0': 'is no <Name>',
    'ic-1 x': 'parameters are written --name value; found "x"',
    'ic-1 ic-2': 'parameters are written --name value',
    'ic-1 --x': '--x has no value',
    'ic-1 --x --y 1': '--x has no value',
    'ic-1 --x=1': 'found "--x=1"',
    'ic-1 "--x" 1': 'found "--x"',
    'ic-1 --x 1 --x 2': '--x is given twice',
    'ic-1 --x "1': 'a quote is not closed',
    "ic-1 --x '1": 'a quote is not closed',
    'ic-1\0': 'control character',
  }
  for (const [argument, why] of Object.entries(malformed)) {
    it(`is malformed as ${JSON.stringify(argument)}`, () => {
      for (const [use, code] of [
        [build, 'InvalidParameter.BuildContent'],
        [test, 'InvalidParameter.TestContent'],
      ] as const) {
        const error = refusal(() => parseContent(`\nCOMPONENT ${argument}`, use))
        expect(error.code).toBe(code)
        expect(error.message).toMatch(/^line 2: /)
        expect(error.message).toContain(why)
      }
    })
  }
})
