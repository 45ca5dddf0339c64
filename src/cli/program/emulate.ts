import type { Declaration } from './declare.js'

const serving = [
  ['--init <folder>', 'YAML and JSON files to begin with, in order: world, components, templates'],
  ['--snapshots <folder>', 'where the control API keeps snapshots (default: beside the file)'],
] as const

/** Commands about the service on a port. */
export const emulateCommands: readonly Declaration[] = [
  {
    usage: 'serve',
    summary: 'be the service, on a port of this machine',
    about:
      'Answers as the ECS API does until it is interrupted, in memory unless --db names a file. ' +
      'Without access keys in the world it listens on addresses of this machine only.',
    options: [
      ['--port <n>', 'the port; 0 picks one (default: 4526)'],
      ['--host <address>', 'the address to listen on (default: 127.0.0.1)'],
      ['--allow-host <name...>', 'a host name that requests may be for, beside the usual ones'],
      ...serving,
    ],
    examples: [
      ['serve', 'an emulator at http://127.0.0.1:4526'],
      [
        'serve --port 0 --clock virtual --json',
        'for a program: reads the port from the first line',
      ],
    ],
    load: async () => (await import('../commands/serve.js')).serve,
  },
  {
    usage: 'env',
    summary: 'print what clients read from the environment',
    options: [['--port <n>', 'the port of the emulator (default: 4526)']],
    examples: [['env', 'eval "$(bakeline env)" points clients of this shell at it']],
    load: async () => (await import('../commands/env.js')).env,
  },
  {
    usage: 'exec <command...>',
    summary: 'run a command against an emulator of its own',
    about:
      'The emulator is there for this command alone; what clients read from the environment is set, ' +
      'and the exit code is that of the command. Write -- before it.',
    options: serving,
    examples: [['exec -- terraform apply', 'a run that no cloud account hears of']],
    load: async () => (await import('../commands/exec.js')).exec,
  },
]
