import { describe, expect, test as it } from 'vitest'
import {
  checkComponents,
  type KnownComponent,
} from '../../../src/imagebuilder/content/components.js'
import { parseContent } from '../../../src/imagebuilder/content/content.js'
import type { Purpose } from '../../../src/imagebuilder/content/model.js'
import { latestVersion } from '../../../src/imagebuilder/content/versions.js'
import { build, refusal } from './content-helpers.js'

const plain: KnownComponent = {
  id: 'ic-plain',
  componentType: 'Build',
  systemType: 'Linux',
  parameters: [],
}
const known: KnownComponent[] = [
  plain,
  { ...plain, id: 'ic-test', componentType: 'Test' },
  { ...plain, id: 'ic-windows', systemType: 'Windows' },
  {
    ...plain,
    id: 'ic-values',
    parameters: [
      { Name: 'text', Type: 'String' },
      { Name: 'size', Type: 'Number', DefaultValue: '3' },
      { Name: 'fast', Type: 'Boolean', DefaultValue: 'false' },
    ],
  },
]

function check(text: string, purpose: Purpose = 'Build') {
  const content = parseContent(text, { ...build, purpose })
  if (content.syntax !== 'commands') throw new Error('read as YAML')
  const find = (reference: (typeof content.components)[number]) =>
    reference.by === 'id' ? known.find(({ id }) => id === reference.id) : undefined
  return checkComponents(content.components, find, { purpose, systemType: 'Linux' })
}

const answer = (text: string, purpose?: Purpose) => {
  const { status, code, message } = refusal(() => check(text, purpose))
  return { status, code, message }
}

describe('the components of a template', () => {
  it('are found in the order of their references', () => {
    const found = check('COMPONENT ic-values --text a --size 1e3 --fast true\nCOMPONENT ic-plain')
    expect(found.map(({ component, reference }) => [component.id, reference.line])).toEqual([
      ['ic-values', 1],
      ['ic-plain', 2],
    ])
    expect(check('RUN a')).toEqual([])
  })

  it('are refused with ImageComponent.NotFound when there is none', () => {
    expect(answer('RUN a\nCOMPONENT ic-none')).toEqual({
      status: 404,
      code: 'ImageComponent.NotFound',
      message: 'line 2: there is no component ic-none.',
    })
    const name = 'acs:ecs:cn-hangzhou:1:imagecomponent/nginx/1.0.*'
    expect(answer(`COMPONENT ${name}`).message).toContain(name)
  })

  it('are refused with InvalidImageComponent.NotSupported for another purpose or system', () => {
    const refused = { status: 400, code: 'InvalidImageComponent.NotSupported' }
    expect(answer('COMPONENT ic-test')).toEqual({
      ...refused,
      message:
        'line 1: component ic-test is a Test component; build content takes Build components only.',
    })
    expect(answer('COMPONENT ic-plain', 'Test')).toMatchObject(refused)
    expect(answer('COMPONENT ic-windows')).toEqual({
      ...refused,
      message: 'line 1: component ic-windows is for Windows, the base image is Linux.',
    })
  })

  it('are refused with InvalidParameter.BuildContent when a value is missing or wrong', () => {
    const wrong: [string, string][] = [
      ['', 'needs a value: add --text <String>'],
      [' --text a --siez 3', 'has no parameter "siez"; the nearest is size'],
      [' --text a --size big', 'takes a Number for --size (a number such as 3 or 0.5), not "big"'],
      [' --text a --size ""', 'takes a Number for --size'],
      [' --text a --size 1e999', 'takes a Number for --size'],
      [' --text a --fast yes', 'takes a Boolean for --fast (true or false), not "yes"'],
      [' --constructor 1', 'has no parameter "constructor"'],
    ]
    for (const [values, why] of wrong) {
      const { status, code, message } = answer(`COMPONENT ic-values${values}`)
      expect([status, code]).toEqual([400, 'InvalidParameter.BuildContent'])
      expect(message).toContain(why)
    }
    expect(answer('COMPONENT ic-plain --x 1').message).toContain('there are none')
  })

  it('are refused with InvalidParameter.TestContent in test content', () => {
    expect(answer('COMPONENT ic-test --x 1', 'Test').code).toBe('InvalidParameter.TestContent')
  })
})

describe('the latest version', () => {
  const versions = ['1.0.2', '1.0.10', 'x', '1.0', '1.2.0', '2.0.0', '10.0.0', '1.0.9']

  it('is the highest by number that matches', () => {
    expect(latestVersion('1.0.*', versions)).toBe('1.0.10')
    expect(latestVersion('1.*.*', versions)).toBe('1.2.0')
    expect(latestVersion('*.0.0', versions)).toBe('10.0.0')
    expect(latestVersion('*.*.*', versions)).toBe('10.0.0')
    expect(latestVersion('1.0.2', versions)).toBe('1.0.2')
  })

  it('compares numbers of any length', () => {
    const pair = ['1.0.9007199254740993', '1.0.9007199254740992']
    expect(latestVersion('1.0.*', pair)).toBe(pair[0])
  })

  it('is undefined when none matches', () => {
    expect(latestVersion('3.*.*', versions)).toBeUndefined()
    expect(latestVersion('1.*', versions)).toBeUndefined()
    expect(latestVersion('1.0.*', [])).toBeUndefined()
  })
})
