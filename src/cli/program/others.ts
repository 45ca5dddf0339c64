import type { Declaration } from './declare.js'

/** Commands about time and scenarios. */
export const timeCommands: readonly Declaration[] = [
  {
    usage: 'replay <path...>',
    summary: 'replay scenarios in virtual time',
    about:
      'A path is a scenario file, or a folder whose scenarios are replayed in order of their names. ' +
      'Each runs on a database of its own, which --db keeps when there is one scenario.',
    options: [
      [
        '--junit <file>',
        'write a report in JUnit XML: a test suite a scenario, a test case a step',
      ],
      ['--golden', 'compare each run with the tree kept beside it, in NAME.golden.txt'],
      ['--update', 'with --golden: write the trees that differ'],
      [
        '--annotations',
        "tell GitHub's runners what is wrong (default: where GITHUB_ACTIONS is true)",
      ],
      ['--no-annotations', 'do not'],
    ],
    examples: [
      ['replay scenarios/lifecycle.yaml', 'one scenario, as a tree'],
      ['replay scenarios --json', 'all of a folder, one JSON object each'],
      ['replay scenarios --junit report.xml', 'for the test runner of a CI'],
      ['replay a.yaml --golden --update', 'keep the tree, to be compared with later runs'],
      ['replay a.yaml --db run.db', 'keep the database to look into'],
    ],
    load: async () => (await import('../commands/replay.js')).replay,
  },
  {
    usage: 'record [execution...]',
    summary: 'make a scenario of executions that ran',
    about:
      'Reads the database file, or what --from names: the address of an emulator, a saved event ' +
      'stream, or files with what DescribeImagePipelineExecutions, DescribeImages and ' +
      'DescribeImagePipelines of the service answered, poll by poll. Without ids all executions are taken. The scenario goes to standard output, or into ' +
      '--out; it is replayed to see whether it goes the same way, and the exit code is 1 if not. With ' +
      '--as-plan many executions become a plan: durations and failures as often as they were observed.',
    options: [
      ['--from <source...>', 'an address such as http://127.0.0.1:4526, or a file'],
      ['-o, --out <file>', 'write the answer there; a file that exists is left alone'],
      ['--as-plan', 'make a plan instead, of all executions of one source or several'],
      ['--at <step>', 'of one execution: up to where that step of its history had just been taken'],
    ],
    examples: [
      ['record exec-5c1b7d3e9f0a2468ace0 --out incident.yaml', 'what happened, to be played again'],
      ['record exec-5c1b7d3e9f0a2468ace0 --at 4', 'up to its fourth step, and how it goes on'],
      ['record --from http://127.0.0.1:4526', 'everything that an emulator has seen'],
      ['record --from polls.jsonl images.json', 'what the service answered'],
      [
        'record --as-plan --from mon.db tue.db --out plan.yaml',
        'what tasks take, and how they fail',
      ],
    ],
    load: async () => (await import('../commands/record.js')).record,
  },
  {
    usage: 'fleet <file>',
    summary: 'play many templates and arrivals, many times over',
    about:
      'Lead times, refused starts, outcomes and queues of a fleet file, each with its bounds. The ' +
      'same fleet and seed give the same figures on any number of cores.',
    options: [
      ['--html <file>', 'write a report to look at, which needs no network'],
      ['--csv <file>', 'write the figures as CSV'],
      ['--cores <n>', 'how many cores play (default: all)'],
      ['--runs <n>', 'runs at most, in place of what the file says'],
    ],
    examples: [
      ['fleet examples/fleets/nightly.yaml', 'the figures as text'],
      ['fleet nightly.yaml --html report.html', 'and as a page with plots'],
    ],
    load: async () => (await import('../commands/fleet.js')).fleet,
  },
  {
    usage: 'explore <file>',
    summary: 'try everything that can happen in a scenario',
    about:
      'Every end of every task, every order of what falls due together, every call and every crash ' +
      'at every moment, as far as the bounds go, which are printed with what they cut off. What does ' +
      'not hold is printed as the shortest scenario that shows it; the exit code is 1 then.',
    options: [
      ['--faults <n>', 'attempts that fail on one path (default: 2)'],
      ['--starts <n>', 'executions that are started on one path (default: 2)'],
      ['--cancels <n>', 'executions that are cancelled on one path (default: 1)'],
      ['--deletes <n>', 'templates, components and images deleted on one path (default: 1)'],
      ['--depth <n>', 'things that happen on one path (default: 100)'],
      ['--states <n>', 'different states in all (default: 200000)'],
      ['--seconds <n>', 'time in all (default: 600)'],
      ['--threads <n>', 'threads; the answer does not depend on it (default: one a core)'],
      ['--always <rule...>', 'a rule of your own in CEL, true of each execution in every state'],
      ['-o, --out <file>', 'write the scenario that shows what does not hold'],
      ['--coverage <file>', 'write what was covered of the machine, as JSON'],
      ['--html <file>', 'write it all as one page, with the machine drawn and counted'],
    ],
    examples: [
      ['explore scenarios/explore/every-outcome.yaml', 'all that can become of one execution'],
      ['explore web.yaml --faults 1 --out found.yaml', 'what one failure can do'],
    ],
    load: async () => (await import('../commands/explore.js')).explore,
  },
  {
    usage: 'advance [duration]',
    summary: 'move a virtual clock on',
    about: 'What falls due on the way is done, each thing at its own time.',
    options: [['--next', 'jump to what is due next']],
    examples: [
      ['advance 10m', 'ten minutes'],
      ['advance --next', 'to the next thing that happens'],
    ],
    load: async () => (await import('../commands/advance.js')).advance,
  },
  {
    usage: 'fork [execution]',
    summary: 'copy what runs into virtual time, and play it on',
    about:
      'Plays one execution to its end on a copy that is thrown away; the original goes its own way. ' +
      '--to keeps the copy instead, standing still where it is, for any other command.',
    options: [
      ['--from <url>', 'a running server, such as http://127.0.0.1:4526, instead of --db'],
      ['--what-if <file>', 'YAML: rules after those of the file, for tasks that begin from now on'],
      ['--to <file>', 'keep the copy in a new file, and do not play it'],
      ['--at <step>', 'begin where that step of its history had just been taken'],
    ],
    examples: [
      ['fork exec-5c1b7d3e9f0a2468ace0', 'how will it end, if nothing changes?'],
      ['fork exec-5c1b7d3e9f0a2468ace0 --what-if outage.yaml', 'and if a region fails?'],
      ['fork exec-5c1b7d3e9f0a2468ace0 --at 4 --what-if outage.yaml', 'from its fourth step on'],
      ['fork --to try.db && bakeline advance --next --db try.db', 'step by step'],
    ],
    load: async () => (await import('../commands/fork.js')).forkCommand,
  },
  {
    usage: 'pollers [name...]',
    summary: 'which ways of waiting hang, lie, or start twice',
    about:
      'Plays everything that can become of an execution to the ways in which callers wait for it, ' +
      'in virtual time. A poller of your own is a JavaScript file that exports { name, about, ' +
      'wait(service) }, or a command, which runs against emulators whose clocks run fast; 0 says ' +
      'success.',
    options: [
      ['--poller <file...>', 'a JavaScript file with pollers of your own'],
      ['--command <line...>', 'a command that starts $BAKELINE_IMAGE_PIPELINE_ID and waits'],
      ['--scenarios <folder>', 'write each case that went wrong as a scenario'],
    ],
    examples: [
      ['pollers', 'those that are met in the field'],
      ['pollers --command ./bake-and-wait.sh', 'yours; exit code 1 when it is wrong somewhere'],
    ],
    load: async () => (await import('../commands/pollers.js')).pollers,
  },
  {
    usage: 'diff <scenario> <machine> [other]',
    summary: 'one scenario on two versions of the execution machine',
    about:
      'A machine is a JavaScript file that exports it. The first is compared with the one that ' +
      'ships, or with the other file; the first difference is shown side by side.',
    examples: [['diff scenarios/lifecycle.yaml ./execution-v2.js', 'exit code 1 when they differ']],
    load: async () => (await import('../commands/diff.js')).diff,
  },
]

/** Commands about the file itself. */
export const careCommands: readonly Declaration[] = [
  {
    usage: 'doctor',
    summary: 'is the file sound, and does anything need you?',
    about:
      'Checks the file, the rules that hold in it, and that every history folds to its snapshot; ' +
      'names the executions that are stuck, or wait for a machine or a worker that is not here.',
    examples: [['doctor', 'exit code 1 when something is wrong']],
    load: async () => (await import('../commands/doctor.js')).doctor,
  },
  {
    usage: 'archive',
    summary: 'move ended executions out to another file',
    about:
      'Moves them with their history and gives the room back; others may use the file meanwhile. ' +
      'Killed at any point, nothing is lost: the same command goes on. list, show, history and doctor ' +
      'read the archive with --db. A ClientToken goes with its execution.',
    required: [['--to <file>', "the archive: a new file, or this one's own"]],
    options: [
      ['--older-than <duration>', "those that ended so long ago by the file's clock"],
      ['--outcome <outcome...>', 'those that ended so: done, failed, cancelled'],
      ['--template <template>', 'of this template only'],
    ],
    examples: [
      ['archive --to 2026.db --older-than 30d', 'what ended more than a month ago'],
      ['archive --to failed.db --outcome failed cancelled', 'what came to nothing'],
      ['list --db 2026.db', 'what is in the archive'],
    ],
    load: async () => (await import('../commands/archive.js')).archive,
  },
  {
    usage: 'check <machine>',
    summary: 'which executions would a new version of their machine break?',
    about:
      'The machine is a JavaScript file that exports it, alone or as { machine, migrations }. Reads ' +
      'the file of --db and writes nothing.',
    options: [['--all', 'ended executions too']],
    examples: [['check ./order-v2.js --db orders.db', 'each that breaks, and at which record']],
    load: async () => (await import('../commands/check.js')).check,
  },
]
