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

const server = [
  '--server <url>',
  'the emulator (default: BAKELINE_URL, or http://127.0.0.1:4526)',
] as const

/** `fault …`: of a server that runs. */
export const faultCommands: readonly Declaration[] = [
  {
    usage: 'list',
    summary: 'faults of a running server, and their hits',
    options: [server],
    examples: [
      ['fault list', 'of the one at the usual port'],
      ['fault list --server http://127.0.0.1:4600 --json', 'of another, for a program'],
    ],
    load: async () => (await import('../commands/fault.js')).list,
  },
  {
    usage: 'set',
    summary: 'let calls or the process of a server fail',
    about:
      'What a fault is about, which of that it hits, and what it does: the fields of ' +
      'POST /_bakeline/faults. With --task it is about the ends of attempts, and says that the ' +
      'process dies then; how an attempt ends by itself is said in the plan. With --region it is about ' +
      'calls that name it, and tasks that work in it. Without --nth, --first, ' +
      '--every and --probability all are hit. Faults last as long as the server, and are asked in order.',
    options: [
      ['--operation <action>', 'the call that it is about, such as CopyImage (default: any)'],
      ['--account <id>', 'whose calls'],
      [
        '--task <task>',
        'prepareInstance, repairImage, buildImage, testImage, copyImage, shareImage, releaseResources or createImage',
      ],
      ['--template <name>', 'of a task: its template'],
      ['--attempt <n>', 'of a task: which attempt'],
      ['--nth <n>', 'hits the n-th alone'],
      ['--first <n>', 'hits the first n'],
      ['--every <n>', 'hits every n-th'],
      ['--probability <p>', 'hits so many of them, from 0 to 1'],
      ['--latency <duration>', 'waits first, at most 10m of wall time'],
      ['--answer <code>', 'answers with this error; nothing is done'],
      ['--status <n>', 'of the answer, from 400 to 599 (default: 400)'],
      ['--message <text>', 'of the answer'],
      [
        '--drop <what>',
        'closes the connection: request, before anything is done, or answer, after',
      ],
      ['--crash <when>', 'the process dies, before what was done is kept or after'],
      server,
    ],
    examples: [
      [
        'fault set --operation StartImagePipelineExecution --first 1 --drop answer',
        'is it started twice?',
      ],
      ['fault set --answer Throttling.User --every 3', 'every third call is too much'],
      [
        'fault set --task copyImage --region cn-beijing --crash before',
        'dies before the copy is kept',
      ],
    ],
    load: async () => (await import('../commands/fault.js')).set,
  },
  {
    usage: 'clear [fault...]',
    summary: 'take faults away; all, when none is named',
    options: [server],
    examples: [
      ['fault clear fault-1', 'one, by what list calls it'],
      ['fault clear', 'all of them'],
    ],
    load: async () => (await import('../commands/fault.js')).clear,
  },
]
