import { describe, expect, test as it } from 'vitest'
import { parseContent } from '../../../src/imagebuilder/content/content.js'
import { build, component, refusal, test, windows } from './content-helpers.js'

const uses = { build, test, component }

type Row = [status: number, code: string, use: keyof typeof uses, text: string, message?: string]

const long = `RUN ${'a'.repeat(16_384)}`
const many = 'RUN true\n'.repeat(128)

const rows: Row[] = [
  [
    400,
    'EmptyCommandContent.RUN',
    'build',
    'RUN',
    'line 1: RUN has no content; write RUN command.',
  ],
  [400, 'EmptyCommandContent.ENV', 'build', 'ENV '],
  [400, 'EmptyCommandContent.LABEL', 'build', 'LABEL'],
  [400, 'EmptyCommandContent.COPY', 'build', 'COPY'],
  [400, 'EmptyCommandContent.WORKDIR', 'build', 'WORKDIR'],
  [400, 'EmptyCommandContent.USER', 'build', 'USER'],
  [400, 'EmptyCommandContent.CMD', 'component', 'CMD\t'],
  [400, 'EmptyCommandContent.ENTRYPOINT', 'component', 'ENTRYPOINT \\\n'],
  [400, 'InvalidCommandContent.RUN', 'build', 'RUN echo \0'],
  [400, 'InvalidCommandContent.ENV', 'build', 'ENV A=b'],
  [400, 'InvalidCommandContent.ENV', 'build', 'ENV A'],
  [400, 'InvalidCommandContent.ENV', 'build', 'ENV 1A b'],
  [400, 'InvalidCommandContent.ENV', 'component', 'ENV A="b" B'],
  [400, 'InvalidCommandContent.WORKDIR', 'build', 'WORKDIR /a /b'],
  [400, 'InvalidCommandContent.WORKDIR', 'build', 'WORKDIR "/a'],
  [400, 'InvalidCommandContent.WORKDIR', 'build', 'WORKDIR ""'],
  [400, 'InvalidCommandContent.COPY', 'build', 'COPY a'],
  [400, 'InvalidCommandContent.COPY', 'build', 'COPY a b c'],
  [400, 'InvalidCommandContent.COPY', 'build', 'COPY --chown=a b'],
  [400, 'InvalidCommandContent.COPY', 'build', 'COPY https://example.com/a?b=c /a'],
  [400, 'InvalidCommandContent.COPY', 'build', 'COPY oss://bucket/a /a'],
  [400, 'InvalidCommandContent.USER', 'build', 'USER two words'],
  [400, 'InvalidCommandContent.CMD', 'build', 'CMD ["a", "b"'],
  [400, 'InvalidCommandContent.CMD', 'build', 'CMD []'],
  [400, 'InvalidCommandContent.CMD', 'build', 'CMD ["a", 1]'],
  [400, 'InvalidCommandContent.ENTRYPOINT', 'component', "ENTRYPOINT ['a']"],
  [
    400,
    'InvalidCommandContent.FROM',
    'build',
    'FROM ubuntu',
    'line 1: FROM takes IMAGE:<image id> or IMAGE_FAMILY:<family>, not "ubuntu"',
  ],
  [400, 'InvalidCommandContent.FROM', 'test', 'FROM'],
  [400, 'DuplicatedCommand.FROM', 'build', 'FROM IMAGE:m-1\nFROM IMAGE:m-2'],
  [400, 'InvalidCommandOrder.FROM', 'build', 'RUN a\nFROM IMAGE:m-1'],
  [404, 'NotSupportedCommand.FROM', 'component', 'FROM IMAGE:m-1'],
  [
    400,
    'NotEmptyCommandContent.RESTART',
    'build',
    'RUN a\nRESTART now',
    'line 2: RESTART takes no argument, found "now".',
  ],
  [
    400,
    'InvalidCommand.Component',
    'component',
    'COMPONENT ic-1',
    'Image component does not support component command.',
  ],
  [
    400,
    'InvalidImageTemplateCommand.NotSupported',
    'build',
    'RUN a\n\nRUNN b',
    'line 3: unknown command "RUNN"; the nearest is RUN',
  ],
  [
    400,
    'InvalidImageTemplateCommandSize.ExceededMaxNumber',
    'build',
    many,
    'line 128: this is command 128 of 128; at most 127 are allowed',
  ],
  [400, 'InvalidImageTemplateCommandSize.ExceededMaxNumber', 'component', many],
  [400, 'InvalidBuildContent.LengthExceeded', 'build', long],
  [400, 'InvalidParameter.TestContent', 'test', long],
  [400, 'InvalidContent.LengthExceeded', 'component', long],
  [400, 'MissingParameter.Content', 'component', ' \n'],
  [400, 'InvalidParameter.Content', 'component', '# nothing here'],
  [400, 'InvalidParameter.Content', 'component', 'Tasks: []'],
  [400, 'InvalidParameter.BuildContent', 'build', 'Tasks: []'],
  [400, 'InvalidParameter.TestContent', 'test', 'Tasks: []'],
  [400, 'InvalidParameter.BuildContent', 'build', 'COMPONENT'],
  [400, 'InvalidParameter.TestContent', 'test', 'COMPONENT nginx'],
  [400, 'InvalidParameter.BuildContent', 'build', 'LABEL a'],
  [400, 'InvalidParameter.Content', 'component', 'LABEL a=b'],
]

describe('the codes that content can be refused with', () => {
  for (const [status, code, use, text, message] of rows) {
    it(`${code} is given in ${use} content for ${JSON.stringify(text.slice(0, 40))}`, () => {
      const error = refusal(() => parseContent(text, uses[use]))
      expect([error.status, error.code]).toEqual([status, code])
      if (message !== undefined) expect(error.message).toBe(message)
    })
  }

  it('a command that is for Linux only is not supported in content for Windows', () => {
    for (const use of [windows(build), windows(test), windows(component)]) {
      const error = refusal(() => parseContent('RESTART\nRUN dir', use))
      expect([error.status, error.code]).toEqual([400, 'InvalidImageTemplateCommand.NotSupported'])
      expect(error.message).toContain('line 2: RUN is for Linux only')
    }
  })

  it('a message ends with a full stop exactly where the text of its code does', () => {
    expect(refusal(() => parseContent('USER', build)).message).toMatch(/[^.]\.$/)
    expect(refusal(() => parseContent('USER a b', build)).message).toMatch(/[^.]$/)
  })

  it('the line is told to programs too', () => {
    expect(refusal(() => parseContent('RUN a\nUSER', build)).details).toEqual({ Line: '2' })
  })

  it('a message repeats only a bearable piece of what it refuses', () => {
    const error = refusal(() => parseContent('X'.repeat(16_000), build))
    expect(error.message.length).toBeLessThan(250)
    const option = refusal(() => parseContent(`COMPONENT ic-1 --${'x'.repeat(16_000)}`, build))
    expect(option.message.length).toBeLessThan(650)
  })
})
