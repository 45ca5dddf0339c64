import type { Declaration } from './declare.js'

/** Commands about executions. */
export const executionCommands: readonly Declaration[] = [
  {
    usage: 'start <template>',
    summary: 'start an execution, and work it to its end',
    about:
      'The template is given by id, or by its name in --region. On a virtual clock the time is ' +
      'moved on as the work needs it. Ctrl-C leaves the execution where it is.',
    options: [
      ['--token <text>', 'ClientToken: the same token gives the same execution'],
      ['--tag <key=value...>', 'a tag of the execution; may be given several times'],
      ['--detach', 'print the id and return as soon as the start is written'],
    ],
    examples: [
      ['start web', 'bake the template "web" and show how it gets on'],
      ['start web --detach --token nightly-7', 'at most once, and come back later'],
    ],
    load: async () => (await import('../commands/start.js')).start,
  },
  {
    usage: 'watch [execution]',
    summary: 'work on what runs, and show how it gets on',
    about: 'Moves a virtual clock on as the work needs it, as start does.',
    options: [['--passive', 'only look: do no work, and leave a virtual clock alone']],
    examples: [
      ['watch', 'everything that runs, until nothing does'],
      ['watch exec-5c1b7d3e9f0a2468ace0', 'one execution, to its end'],
    ],
    load: async () => (await import('../commands/watch.js')).watch,
  },
  {
    usage: 'list',
    summary: 'list executions, newest first',
    options: [
      ['--limit <n>', 'how many (default: 20)'],
      ['--status <status...>', 'of these statuses only, or of: live, ended, stuck'],
      ['--template <template>', 'of this template only'],
      ['--after <execution>', 'go on after this one'],
      ['--all', 'all of them, however many'],
    ],
    examples: [
      ['list --status live', 'what runs'],
      ['list --template web --all --json', 'every execution of one template'],
    ],
    load: async () => (await import('../commands/list.js')).list,
  },
  {
    usage: 'show <execution>',
    summary: 'everything that is known of an execution',
    examples: [['show exec-5c1b7d3e9f0a2468ace0', 'status, tasks, images, shares']],
    load: async () => (await import('../commands/show.js')).show,
  },
  {
    usage: 'history <execution>',
    summary: 'what happened to it, record by record',
    examples: [
      ['history exec-5c1b7d3e9f0a2468ace0', 'in words'],
      ['history exec-5c1b7d3e9f0a2468ace0 --json', 'the records as they are stored'],
    ],
    load: async () => (await import('../commands/history.js')).history,
  },
  {
    usage: 'export <execution>',
    summary: 'make one HTML file of it, to look at and to pass on',
    about:
      'The view of the page in a file of its own: chart, times, history, every step. It opens from ' +
      'disk in any browser, and asks no network for anything.',
    options: [
      ['--html', 'as HTML, which is the only form there is'],
      ['--from <url>', 'a running server, such as http://127.0.0.1:4526, instead of --db'],
      ['-o, --out <file>', 'where it is written (default: <execution>.html); - is standard output'],
    ],
    examples: [
      ['export exec-5c1b7d3e9f0a2468ace0 --html -o incident.html', 'attach it to a ticket'],
      ['export exec-5c1b7d3e9f0a2468ace0 --from http://127.0.0.1:4526', 'from an emulator'],
    ],
    load: async () => (await import('../commands/export.js')).exportCommand,
  },
  {
    usage: 'cancel <execution>',
    summary: 'cancel an execution',
    about: 'The service allows it while the status is PREPARING, REPAIRING or BUILDING.',
    options: [['--force', 'end it at once in any status, also a stuck one; nothing is released']],
    examples: [['cancel exec-5c1b7d3e9f0a2468ace0', 'stop its tasks and release what they hold']],
    load: async () => (await import('../commands/cancel.js')).cancel,
  },
  {
    usage: 'retry <execution>',
    summary: 'free a stuck execution',
    about: 'The step that failed is tried again.',
    examples: [['retry exec-5c1b7d3e9f0a2468ace0', 'after what broke it was mended']],
    load: async () => (await import('../commands/retry.js')).retry,
  },
]
