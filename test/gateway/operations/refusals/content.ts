/** Commands that are refused in any content, by code. */
export const badCommands: Readonly<Record<string, string>> = {
  'InvalidImageTemplateCommandSize.ExceededMaxNumber': 'RUN true\n'.repeat(128),
  'InvalidImageTemplateCommand.NotSupported': 'KERNEL 5',
  'InvalidCommandContent.RUN': 'RUN echo \0',
  'InvalidCommandContent.ENV': 'ENV A=b',
  'InvalidCommandContent.WORKDIR': 'WORKDIR /a /b',
  'InvalidCommandContent.COPY': 'COPY a',
  'InvalidCommandContent.USER': 'USER two words',
  'InvalidCommandContent.CMD': 'CMD []',
  'InvalidCommandContent.ENTRYPOINT': 'ENTRYPOINT ["a"',
  'EmptyCommandContent.LABEL': 'LABEL',
  'EmptyCommandContent.ENV': 'ENV',
  'EmptyCommandContent.ENTRYPOINT': 'ENTRYPOINT',
  'EmptyCommandContent.CMD': 'CMD',
  'EmptyCommandContent.COPY': 'COPY',
  'EmptyCommandContent.WORKDIR': 'WORKDIR',
  'EmptyCommandContent.USER': 'USER',
  'EmptyCommandContent.RUN': 'RUN',
  'NotEmptyCommandContent.RESTART': 'RESTART now',
}

/** Commands that only a template can get wrong. */
export const badFroms: Readonly<Record<string, string>> = {
  'InvalidCommandContent.FROM': 'FROM ubuntu',
  'DuplicatedCommand.FROM': 'FROM IMAGE:m-1\nFROM IMAGE:m-2',
  'InvalidCommandOrder.FROM': 'RUN true\nFROM IMAGE:m-1',
}

/** A YAML component that needs a value for its parameter. */
export const needsValue = `Parameters:
  x:
    Type: String
Tasks:
  - Name: one
    Action: RunShellCommand
    Properties:
      commandContent: echo {{ x }}
`
