import { describe, expect, test as it } from 'vitest'
import { ACTIONS, actionNames } from '../../../src/imagebuilder/content/actions.js'
import { declaredParameters, parseContent } from '../../../src/imagebuilder/content/content.js'
import type { ContentUse } from '../../../src/imagebuilder/content/model.js'
import { build, component, refusal, windows } from './content-helpers.js'

const message = (text: string, use: ContentUse = component) => {
  const error = refusal(() => parseContent(text, use))
  expect(error.code).toMatch(/^InvalidParameter\.(Build|Test|)Content$/)
  expect(error.status).toBe(400)
  return error.message
}

const tasks = (...list: string[]) => `Tasks:\n${list.map((task) => `- ${task}\n`).join('')}`
const shell = (name: string, command: string) =>
  `{ Name: ${name}, Action: RunShellCommand, Properties: { commandContent: '${command}' } }`

describe('a YAML document', () => {
  const text = `Parameters:
  x:
    Type: String
  n: { Type: Number, DefaultValue: 3 }
  fast:
    Type: Boolean
    DefaultValue: false
Tasks:
  - Name: count
    Action: RunShellCommand
    Properties:
      commandContent: |
        echo $((3 * {{x}} + {{ n }}))
  - Name: fetch
    Action: WebDownload
    Properties:
      sourcePath: https://example.com/{{count.stdout}}.tgz
      destinationDir: /opt
      timeout: '{{ n }}'
  - Name: again
    Action: Reboot
    Properties: { forceStop: "{{ fast }}" }
  - Name: last
    Action: Reboot
`

  it('gives its parameters and tasks with their lines, references not filled in', () => {
    expect(parseContent(text, component)).toEqual({
      syntax: 'yaml',
      parameters: [
        { line: 2, name: 'x', type: 'String' },
        { line: 4, name: 'n', type: 'Number', defaultValue: 3 },
        { line: 5, name: 'fast', type: 'Boolean', defaultValue: false },
      ],
      tasks: [
        {
          line: 9,
          name: 'count',
          action: 'RunShellCommand',
          properties: { commandContent: 'echo $((3 * {{x}} + {{ n }}))\n' },
        },
        {
          line: 14,
          name: 'fetch',
          action: 'WebDownload',
          properties: {
            sourcePath: 'https://example.com/{{count.stdout}}.tgz',
            destinationDir: '/opt',
            timeout: '{{ n }}',
          },
        },
        { line: 20, name: 'again', action: 'Reboot', properties: { forceStop: '{{ fast }}' } },
        { line: 23, name: 'last', action: 'Reboot', properties: {} },
      ],
    })
  })

  it('tells its parameters as Describe does, every default as text', () => {
    expect(declaredParameters(parseContent(text, component))).toEqual([
      { Name: 'x', Type: 'String' },
      { Name: 'n', Type: 'Number', DefaultValue: '3' },
      { Name: 'fast', Type: 'Boolean', DefaultValue: 'false' },
    ])
    expect(declaredParameters(parseContent('RUN a', component))).toEqual([])
  })

  it('must be a mapping of Tasks and Parameters with at least one task', () => {
    expect(message('- a')).toBe('line 1: the document must be a mapping of keys to values.')
    expect(message('---')).toContain('must be a mapping')
    expect(message('Parameters: {}')).toContain('at least one task')
    expect(message('Tasks: 3')).toContain('at least one task')
    expect(message('Tasks: [a]')).toContain('a task must be a mapping')
    expect(message('Parameters: [a]\nTasks: []')).toContain('Parameters must be a mapping')
  })

  it('tells the line of what is no YAML, of a second document and of an unknown tag', () => {
    expect(message('Tasks:\n- Name: "a')).toMatch(/^line 2: no valid YAML: Missing closing/)
    expect(message('Tasks: []\nTasks: []')).toMatch(/^line 2: no valid YAML: Map keys must be/)
    expect(message('Tasks: []\n---\nTasks: []')).toContain('no valid YAML')
    expect(message('Tasks: []\nParameters: !x {}')).toMatch(/^line 2: .*Unresolved tag/)
  })

  it('allows an alias, but neither a bomb of them nor a circle', () => {
    const shared = tasks('{ Name: a, Action: Reboot, Properties: &p { forceStop: true } }')
    expect(
      parseContent(`${shared}- { Name: b, Action: Reboot, Properties: *p }`, component),
    ).toHaveProperty('tasks.1.properties', { forceStop: true })
    const levels = Array.from({ length: 9 }, (_, n) => `- &a${n + 1} [${`*a${n},`.repeat(9)}]`)
    expect(message(`Tasks:\n- &a0 [lol]\n${levels.join('\n')}`)).toContain('aliases')
    expect(message('Tasks: &a [*a]')).toContain('aliases or tags cannot be resolved')
  })

  it('refuses nesting that would take the reader down with it', () => {
    for (const text of ['{a: ', '[', '- ', '? ']) {
      const deep = text.repeat(Math.floor(16_000 / text.length))
      expect(message(`Tasks:\n  ${deep}`)).toBe('line 2: nested deeper than 64 levels.')
    }
    const closed = `Tasks: ${'['.repeat(8000)}${']'.repeat(8000)}`
    expect(message(closed)).toContain('nested deeper')
  })

  it('holds plain data only', () => {
    const task = (value: string) =>
      tasks(
        `{ Name: a, Action: InvokeCommand, Properties: { commandId: c, parameters: ${value} } }`,
      )
    expect(message(task('{ x: !!timestamp 2001-01-01 }'))).toContain('x is a Date')
    expect(message(task('{ x: .inf }'))).toContain('x is Infinity')
    expect(message(task('{ __proto__: 1 }'))).toContain('__proto__')
  })
})

describe('the parameters of a YAML document', () => {
  const declared = (body: string) => `Parameters:\n  p: ${body}\nTasks: [{Name: a, Action: Reboot}]`

  it('have a documented type and a default of that type', () => {
    expect(message(declared('{ Type: Text }'))).toBe(
      'line 2: the Type of parameter p must be one of String, Number, Boolean.',
    )
    expect(message(declared('{}'))).toContain('the Type of parameter p')
    expect(message(declared('String'))).toContain('parameter p must be a mapping')
    expect(message(declared('{ Type: Number, DefaultValue: "3" }'))).toContain('must be a Number')
    expect(message(declared('{ Type: String, DefaultValue: 3 }'))).toContain('must be a String')
    expect(message(declared('{ Type: Boolean, DefaultValue: yes }'))).toContain('true or false')
    expect(message(declared('{ Type: String, DefaultValue: }'))).toContain('must be a String')
    expect(message(declared('{ Type: String, Default: a }'))).toContain('unknown key "Default"')
  })

  it('have a name that can be referred to', () => {
    expect(message('Parameters: { 1: { Type: String } }\nTasks: []')).toContain('"1" is no name')
  })

  it('need a default in a template, which nothing gives a value', () => {
    expect(message(declared('{ Type: String }'), build)).toContain('needs a DefaultValue')
    expect(parseContent(declared('{ Type: String, DefaultValue: "" }'), build).syntax).toBe('yaml')
  })
})

describe('the tasks of a YAML document', () => {
  it('have a name of their own', () => {
    expect(message(tasks('Action: Reboot'))).toContain('needs a Name')
    expect(message(tasks('{ Name: " ", Action: Reboot }'))).toContain('needs a Name')
    expect(message(tasks('{ Name: 1, Action: Reboot }'))).toContain('needs a Name')
    const twice = tasks('{ Name: a, Action: Reboot }', '{ Name: a, Action: Reboot }')
    expect(message(twice)).toBe('line 3: two tasks are named "a"; names must be unique.')
  })

  it('have one of the seven actions', () => {
    expect(actionNames).toHaveLength(7)
    expect(message(tasks('Name: a'))).toContain('needs an Action: RunShellCommand, ')
    expect(message(tasks('{ Name: a, Action: RunShellComand }'))).toBe(
      'line 2: unknown Action "RunShellComand"; the nearest is RunShellCommand.',
    )
    expect(message(tasks('{ Name: a, Action: Reboot, When: now }'))).toContain('unknown key "When"')
  })

  it('have an action that the system knows', () => {
    expect(message(tasks(shell('a', 'ls')), windows(component))).toContain(
      'RunShellCommand is for Linux only, this is Windows content',
    )
    const power = shell('a', 'dir').replace('Shell', 'PowerShell')
    expect(parseContent(tasks(power), windows(component)).syntax).toBe('yaml')
    expect(message(tasks(power))).toContain('is for Windows only')
  })

  for (const action of actionNames) {
    const { properties, systemType } = ACTIONS[action]
    const use = systemType === 'Windows' ? windows(component) : component
    const sample = { String: 'text', Number: 60, Boolean: true, Json: { a: 1 } }
    const all = Object.fromEntries(
      Object.entries(properties).map(([name, { type }]) => [name, sample[type]]),
    )
    const task = (values: object) =>
      JSON.stringify({ Tasks: [{ Name: 'a', Action: action, Properties: values }] })

    it(`${action} takes its properties and no others`, () => {
      expect(parseContent(task(all), use)).toHaveProperty('tasks.0.properties', all)
      expect(message(task({ ...all, other: 1 }), use)).toContain('unknown key "other"')
    })

    it(`${action} needs its required properties, and each in its type`, () => {
      for (const [name, { required, type }] of Object.entries(properties)) {
        const { [name]: _left, ...others } = all
        if (required) {
          expect(message(task(others), use)).toContain(`needs the property ${name} (${type})`)
          expect(message(task({ ...all, [name]: ' ' }), use)).toContain('must not be blank')
        } else expect(parseContent(task(others), use).syntax).toBe('yaml')
        for (const wrong of [null, [1], type === 'String' ? 5 : 'five']) {
          expect(message(task({ ...all, [name]: wrong }), use)).toContain(
            `${name} of ${action} must`,
          )
        }
      }
    })
  }

  it('may give the Json of InvokeCommand as text', () => {
    const values = `{ commandId: c, parameters: '{"a": 1}' }`
    const text = tasks(`{ Name: a, Action: InvokeCommand, Properties: ${values} }`)
    expect(parseContent(text, component).syntax).toBe('yaml')
  })
})

describe('a reference in a property', () => {
  const withParameter = (text: string) => `Parameters:\n  size: { Type: Number }\n${text}`

  it('speaks of a declared parameter', () => {
    expect(message(withParameter(tasks(shell('a', 'echo {{ sizes }}'))))).toBe(
      'line 4: {{ sizes }} is no parameter; the nearest is size.',
    )
    expect(message(tasks(shell('a', '{{x}}')))).toContain('there are none')
  })

  it('speaks of the output of an earlier task', () => {
    const later = tasks(shell('a', '{{ b.stdout }}'), shell('b', 'ls'))
    expect(message(later)).toContain('{{ b.stdout }} speaks of a task that does not come earlier')
    expect(message(tasks(shell('a', '{{ a.stdout }}')))).toContain('does not come earlier')
    expect(message(tasks(shell('a', 'ls'), shell('b', '{{ c.stdout }}')))).toContain(
      '{{ c.stdout }} speaks of no task; allowed: a',
    )
    const named = tasks(shell('first of all', 'ls'), shell('b', '{{ first of all.stdout }}'))
    expect(parseContent(named, component).syntax).toBe('yaml')
  })

  it('speaks of stdout, and of an action that has it', () => {
    const reboot = tasks('{ Name: a, Action: Reboot }', shell('b', '{{ a.stdout }}'))
    expect(message(reboot)).toContain('Reboot has no output')
    expect(message(tasks(shell('a', 'ls'), shell('b', '{{ a.stderr }}')))).toContain(
      'the only output of RunShellCommand is stdout',
    )
  })

  it('is looked for in the depth of Json too', () => {
    const values = '{ commandId: c, parameters: { a: [{ b: "{{ none }}" }] } }'
    expect(message(tasks(`{ Name: a, Action: InvokeCommand, Properties: ${values} }`))).toContain(
      '{{ none }} is no parameter',
    )
  })

  it('gives a Number or Boolean its value only when the parameter has that type', () => {
    const stop = (value: string) =>
      withParameter(tasks(`{ Name: a, Action: Reboot, Properties: { forceStop: ${value} } }`))
    expect(message(stop('"{{ size }}"'))).toContain('or a {{ parameter }} of that type')
    expect(message(stop('"x{{ size }}"'))).toContain('must be a Boolean')
    expect(message(stop('{{ size }}'))).toContain('put a {{ reference }} in quotes')
  })

  it('is not seen in the braces of other programs', () => {
    const other = '{{.Names}} {{ range .Mounts }} {{json .}} {{ }} }} {{ open'
    expect(parseContent(tasks(shell('a', other)), component).syntax).toBe('yaml')
  })
})
