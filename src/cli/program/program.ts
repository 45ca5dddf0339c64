import { Command, Option } from 'commander'
import { helpConfiguration } from './help.js'
import { exitCodeHelp } from '../exit-codes.js'
import { defaultDb, defaultRegion, variables } from '../options.js'
import { packageVersion } from '../version.js'
import { type Declaration, declare, type Perform, sentenceOf } from './declare.js'
import { emulateCommands, faultCommands } from './emulate.js'
import { executionCommands } from './executions.js'
import { careCommands, timeCommands } from './others.js'
import { componentCommands, imageCommands, templateCommands } from './resources.js'

const groups = {
  executions: 'Executions:',
  resources: 'Templates, components, images:',
  emulate: 'The service on a port:',
  time: 'Time and scenarios:',
  care: 'The database:',
}

/** The whole command line. Only declarations: what a command does is loaded when it runs. */
export function createProgram(perform: Perform): Command {
  const program = new Command('bakeline')
    .description('A local, durable, time-travelling Image Builder for Alibaba Cloud ECS.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help; after a command, its own')
    .helpCommand(false)
    .usage('<command> [arguments] [options]')
    .configureHelp(helpConfiguration)
  addGlobalOptions(program)
  const all = (declarations: readonly Declaration[], parent: Command): void => {
    for (const declaration of declarations) declare(parent, declaration, perform)
  }
  program.commandsGroup(groups.executions)
  all(executionCommands, program)
  /** Commands that begin with the same word. */
  const family = (name: string, what: string, group: string): Command => {
    const parent = program.command(name).summary(what).description(sentenceOf(what))
    return parent.helpCommand(false).commandsGroup(group)
  }
  program.commandsGroup(groups.resources)
  for (const [name, what, declarations] of [
    ['template', 'create, list, show and delete templates', templateCommands],
    ['component', 'create, list, show and delete components', componentCommands],
    ['image', 'list and show images', imageCommands],
  ] as const) {
    all(declarations, family(name, what, groups.resources))
  }
  program.commandsGroup(groups.emulate)
  all(emulateCommands, program)
  all(faultCommands, family('fault', 'faults of a running server', groups.emulate))
  program.commandsGroup(groups.time)
  all(timeCommands, program)
  program.commandsGroup(groups.care)
  all(careCommands, program)
  return program.addHelpText('after', epilogue())
}

function addGlobalOptions(program: Command): void {
  program.optionsGroup('Options, before or after the command:')
  for (const [flags, description] of [
    ['--db <file>', `the database file (default: ${defaultDb})`],
    ['--region <region>', `where templates are created and looked up (default: ${defaultRegion})`],
    ['--json', 'one line of JSON for each answer'],
    ['--no-color', 'no colours'],
  ] as const) {
    program.addOption(new Option(flags, description))
  }
  program.optionsGroup('Fixed when a file is made (a later command need not say it again):')
  for (const [flags, description] of [
    ['--clock <clock>', 'system, virtual, virtual@2026-01-05T02:00:00Z or scale=60 (the default)'],
    ['--seed <number>', 'makes every id and everything drawn by chance repeatable'],
    ['--world <file>', 'YAML: changes to the default world'],
    ['--plan <file>', 'YAML: how long tasks take, and which attempt fails how'],
  ] as const) {
    program.addOption(new Option(flags, description))
  }
  program.optionsGroup('Each time a file is opened:')
  program.addOption(
    new Option('--durability <level>', 'normal: survives a crash (default); full: a power cut too'),
  )
  program.optionsGroup('About this program:')
}

/** One command line for each thing that people want to do. */
const tour: readonly (readonly [string, string])[] = [
  ['replay scenarios/lifecycle.yaml', 'see it all in a second'],
  ['record --out incident.yaml', 'make a scenario of what ran'],
  ['serve', 'be the service, for the clients that you have'],
  ['exec -- terraform apply', 'run a command against an emulator of its own'],
  ['template create -f web.yaml', 'make ./bakeline.db with a template in it'],
  ['start web', 'bake it, and watch'],
  ['start web --detach', 'bake it in the background of the clock'],
  ['watch', 'go on with whatever runs'],
  ['list --status live', 'what runs'],
  ['show exec-5c1b7d3e9f0a2468ace0', 'one execution in full'],
  ['history exec-5c1b7d3e9f0a2468ace0', 'what happened to it, step by step'],
  ['cancel exec-5c1b7d3e9f0a2468ace0', 'stop it while it builds'],
  ['image list', 'what came of it'],
  ['component create -f harden.yaml', 'build content to share between templates'],
  ['advance 10m', 'ten minutes of a virtual clock'],
  ['doctor', 'is the file sound, and does anything need me?'],
]

function epilogue(): string {
  const width = Math.max(...tour.map(([line]) => line.length)) + 11
  return [
    '',
    'Examples:',
    ...tour.map(([line, does]) => `  ${`bakeline ${line}`.padEnd(width)}${does}`),
    '',
    'Exit codes:',
    ...exitCodeHelp.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`),
    '',
    'Environment (an option goes before it):',
    ...variables.map(([name, option]) => `  ${name.padEnd(17)}${option}`),
  ].join('\n')
}
