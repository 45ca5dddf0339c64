import { type Command, Help, type HelpConfiguration } from 'commander'

/** How help looks: the commands first, each with its arguments, all of them on the first page. */
export const helpConfiguration: HelpConfiguration = {
  showGlobalOptions: true,
  subcommandTerm: (command) => `${pathOf(command)} ${usageOf(command)}`.trimEnd(),
  subcommandDescription: (command) => command.summary(),
  visibleCommands(command) {
    const children = Help.prototype.visibleCommands.call(this, command)
    return children.flatMap((child) => (child.commands.length === 0 ? [child] : child.commands))
  },
  formatHelp(command, helper) {
    const text = Help.prototype.formatHelp.call(this, command, helper)
    return command.parent === null ? commandsFirst(text, command) : text
  },
}

/** Its arguments, and the options that it cannot do without. */
function usageOf(command: Command): string {
  const required = command.options.filter(({ mandatory }) => mandatory)
  const flags = required.map(({ flags, short, long }) =>
    flags.replace(`${short}, ${long}`, `${short}`),
  )
  return [...flags, command.usage().replace(/\[options\] ?/, '')].join(' ')
}

/** `template create`, without the program's own name. */
function pathOf(command: Command): string {
  const { parent } = command
  return parent === null || parent.parent === null
    ? command.name()
    : `${pathOf(parent)} ${command.name()}`
}

/** Options come after the commands that they are of. */
function commandsFirst(text: string, command: Command): string {
  const groups = new Set(command.commands.map((child) => child.helpGroup()))
  const parts = text.trimEnd().split('\n\n')
  const [usage = '', about = '', ...sections] = parts
  const ofCommands = sections.filter((section) => groups.has(section.split('\n')[0] ?? ''))
  const rest = sections.filter((section) => !ofCommands.includes(section))
  return `${[about, usage, ...ofCommands, ...rest].join('\n\n')}\n`
}
