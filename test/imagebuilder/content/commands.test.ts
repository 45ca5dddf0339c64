import { describe, expect, test as it } from 'vitest'
import { parseContent } from '../../../src/imagebuilder/content/content.js'
import type { ContentUse } from '../../../src/imagebuilder/content/model.js'
import { build, component, refusal, test, windows } from './content-helpers.js'

function commands(text: string, use: ContentUse = build) {
  const content = parseContent(text, use)
  if (content.syntax !== 'commands') throw new Error('read as YAML')
  return content.commands
}

describe('Dockerfile-like content', () => {
  it('gives each command in its own form, with its line', () => {
    const text = [
      'RUN yum update -y',
      'ENV LANG en_US.UTF-8 or so',
      'ENV A="1 2" B="say \\"hi\\""',
      'WORKDIR a/b',
      'WORKDIR "/with a blank"',
      'COPY https://example.com/a.tgz /opt/',
      'COPY a.txt b.txt',
      'USER nginx',
      'LABEL com.example.team="images" v="1"',
      'CMD ["top", "-b"]',
      'ENTRYPOINT top -b',
      'RESTART',
    ].join('\n')
    expect(commands(text)).toEqual([
      { line: 1, word: 'RUN', command: 'yum update -y' },
      { line: 2, word: 'ENV', pairs: [{ name: 'LANG', value: 'en_US.UTF-8 or so' }] },
      {
        line: 3,
        word: 'ENV',
        pairs: [
          { name: 'A', value: '1 2' },
          { name: 'B', value: 'say "hi"' },
        ],
      },
      { line: 4, word: 'WORKDIR', path: 'a/b' },
      { line: 5, word: 'WORKDIR', path: '/with a blank' },
      { line: 6, word: 'COPY', source: 'https://example.com/a.tgz', destination: '/opt/' },
      { line: 7, word: 'COPY', source: 'a.txt', destination: 'b.txt' },
      { line: 8, word: 'USER', user: 'nginx' },
      {
        line: 9,
        word: 'LABEL',
        pairs: [
          { name: 'com.example.team', value: 'images' },
          { name: 'v', value: '1' },
        ],
      },
      { line: 10, word: 'CMD', form: 'exec', argv: ['top', '-b'] },
      { line: 11, word: 'ENTRYPOINT', form: 'shell', command: 'top -b' },
      { line: 12, word: 'RESTART' },
    ])
  })

  it('joins a command that continues on the next lines where the backslash stood', () => {
    expect(commands('RUN a \\\n  && b \\  \n  && c\nRUN d')).toEqual([
      { line: 1, word: 'RUN', command: 'a   && b   && c' },
      { line: 4, word: 'RUN', command: 'd' },
    ])
  })

  it('skips comments and blank lines, a comment within a continued command too', () => {
    expect(commands('# first\n\n  \nRUN a \\\n# why b\n b\n#RUN c \\\nRUN d')).toEqual([
      { line: 4, word: 'RUN', command: 'a  b' },
      { line: 8, word: 'RUN', command: 'd' },
    ])
  })

  it('lets a blank line or the end of the text end a continued command', () => {
    expect(commands('RUN a \\\n\nRUN b \\')).toEqual([
      { line: 1, word: 'RUN', command: 'a' },
      { line: 3, word: 'RUN', command: 'b' },
    ])
  })

  it('reads the line ends of every system and an indented command', () => {
    expect(commands('\uFEFFRUN a\r\n  RUN b\rRUN c').map(({ line }) => line)).toEqual([1, 2, 3])
  })

  it('takes a command word in upper case only and names the one that was meant', () => {
    const error = refusal(() => parseContent('run ls', build))
    expect(error.message).toBe('line 1: unknown command "run"; the nearest is RUN')
  })

  it('lists the legal words when none is near', () => {
    const { message } = refusal(() => parseContent('HEALTHCHECK none', build))
    expect(message).toContain('allowed: RUN, ENV, WORKDIR')
  })

  it('ignores a well-formed FROM at the top of a template', () => {
    for (const from of ['FROM IMAGE:m-bp67acfmxazb4p****', 'FROM IMAGE_FAMILY:acs:centos']) {
      expect(commands(`# base\n${from}\nRUN a`)).toEqual([{ line: 3, word: 'RUN', command: 'a' }])
    }
  })

  it('says nothing when a template is empty', () => {
    for (const text of ['', ' \n\t', '# later', 'FROM IMAGE:m-1']) {
      expect(parseContent(text, test)).toEqual({
        syntax: 'commands',
        commands: [],
        components: [],
      })
    }
  })

  it('takes as many commands and bytes as the service allows, and no more', () => {
    expect(commands('RUN true\n'.repeat(127))).toHaveLength(127)
    const full = `RUN ${'é'.repeat(8190)}`
    expect(commands(full)).toHaveLength(1)
    expect(refusal(() => parseContent(`${full}a`, build)).message).toContain('16384 bytes')
  })

  it('takes RESTART and COMPONENT for Windows', () => {
    const text = 'COMPONENT ic-1\nRESTART'
    expect(commands(text, windows(build)).map(({ word }) => word)).toEqual(['COMPONENT', 'RESTART'])
    expect(commands('RESTART', windows(component))).toEqual([{ line: 1, word: 'RESTART' }])
  })

  it('keeps COMPONENT among the other commands and lists its reference apart', () => {
    const content = parseContent('RUN a\nCOMPONENT ic-1\nRUN b\nCOMPONENT ic-2', build)
    if (content.syntax !== 'commands') throw new Error('read as YAML')
    expect(content.commands.map(({ word }) => word)).toEqual([
      'RUN',
      'COMPONENT',
      'RUN',
      'COMPONENT',
    ])
    expect(content.components).toEqual([
      { line: 2, by: 'id', id: 'ic-1', parameters: {} },
      { line: 4, by: 'id', id: 'ic-2', parameters: {} },
    ])
  })
})

describe('which syntax a text is in', () => {
  it('is YAML when its first line begins a document or is a key', () => {
    const task = '[{Name: a, Action: Reboot}]'
    for (const text of [
      `Tasks: ${task}`,
      `# a comment\n\n---\nTasks: ${task}`,
      `%YAML 1.2\n---\nTasks: ${task}`,
      `{ "Tasks": ${task} }`,
      `"Tasks" : ${task}`,
      `  Parameters:\n  Tasks: ${task}`,
    ]) {
      expect(parseContent(text, component).syntax).toBe('yaml')
    }
  })

  it('is YAML too when the key is misspelt, so that the message can name the right one', () => {
    const { code, message } = refusal(() => parseContent('Task:\n- Name: a', component))
    expect(code).toBe('InvalidParameter.Content')
    expect(message).toBe('line 1: unknown key "Task"; the nearest is Tasks.')
  })

  it('is commands when a command word has a colon', () => {
    const { message } = refusal(() => parseContent('RUN: ls', component))
    expect(message).toBe('line 1: unknown command "RUN:"; the nearest is RUN')
  })

  it('is decided by the first line alone', () => {
    expect(parseContent('RUN cat \\\nTasks: a', component).syntax).toBe('commands')
  })
})
