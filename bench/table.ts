/** One line of the table of figures: what is measured, which way is better, and what is asked. */
export interface Line {
  readonly title: string
  /** The module that measures it: `bench/<module>.ts`. */
  readonly module: string
  readonly unit: string
  /** What floor and goal bound: ours divided by the other's, or our own figure. */
  readonly judged: 'ratio' | 'ours'
  readonly better: 'higher' | 'lower'
  /** Null where the line is there to be seen, not to be judged. */
  readonly floor: number | null
  readonly goal: number | null
}

function line(
  module: string,
  title: string,
  unit: string,
  [judged, better]: readonly [Line['judged'], Line['better']],
  [floor, goal]: readonly [number | null, number | null],
): Line {
  return { module, title, unit, judged, better, floor, goal }
}

const faster = ['ratio', 'higher'] as const
const cheaper = ['ratio', 'lower'] as const
const atMost = ['ours', 'lower'] as const
const atLeast = ['ours', 'higher'] as const
const shown = [null, null] as const

/** Every figure that is published. A line without a measurement is reported as missing. */
export const table = {
  'step/public': line(
    'compiled-step',
    "compiled step of the image machine, effects read, against xstate's transition()",
    'steps/s',
    faster,
    [50, 60],
  ),
  'step/rate': line('compiled-step', 'compiled steps on one core', 'steps/s', atLeast, [
    null,
    1_000_000,
  ]),
  'step/reused': line(
    'compiled-step',
    'compiled step against xstate with one scope for all its steps',
    'steps/s',
    faster,
    shown,
  ),
  'step/handwritten': line(
    'compiled-step',
    'compiled step against a hand-written reducer',
    'steps/s',
    faster,
    shown,
  ),
  'step/bytes': line(
    'compiled-step',
    'a compiled state, waiting for copies',
    'B',
    atMost,
    [1000, 800],
  ),
  'step/mismatches': line(
    'compiled-step',
    'random steps in which compiled and xstate differ',
    'steps',
    atMost,
    [0, 0],
  ),
  'memory/simpy-plain': line(
    'fleet',
    'whole executions in memory, one core, 100 live, against SimPy without time-outs',
    'steps/s',
    faster,
    [2, 3],
  ),
  'memory/simpy-timeouts': line(
    'fleet',
    'whole executions in memory, one core, 100 live, against SimPy with the same time-outs',
    'steps/s',
    faster,
    [4, 6],
  ),
  'memory/simpy-anew': line(
    'fleet',
    'the same without time-outs, every step taken anew, against SimPy',
    'steps/s',
    faster,
    shown,
  ),
  'memory/xstate': line(
    'fleet',
    'whole executions in memory, every step taken anew, against the same loop through xstate alone',
    'steps/s',
    faster,
    shown,
  ),
  'memory/xstate-actors': line(
    'fleet',
    "whole executions in memory, one core, 100 live, against xstate's actors on its SimulatedClock",
    'steps/s',
    faster,
    shown,
  ),
  'memory/actor': line(
    'actor',
    "twelve timed stages in memory, 100 live, against xstate's own actors",
    'steps/s',
    faster,
    shown,
  ),
  'memory/live': line('fleet', 'a live execution in memory', 'B', atMost, [1000, 800]),
  'memory/million-rss': line(
    'fleet',
    'a million executions in memory, two cores, streaming: peak memory',
    'MB',
    atMost,
    [500, 400],
  ),
  'memory/million-time': line(
    'fleet',
    'a million executions in memory, two cores, streaming: time',
    's',
    atMost,
    [60, 20],
  ),
  'durable/full-group': line(
    'durable-steps',
    'durable steps in groups against raw SQLite writing the same rows',
    'steps/s',
    faster,
    [0.4, 0.55],
  ),
  'durable/normal-single': line(
    'durable-steps',
    'durable steps, one transaction a step, against raw SQLite writing the same rows',
    'steps/s',
    faster,
    [0.7, 0.8],
  ),
  'durable/full-real': line(
    'durable-steps',
    'durable steps of real asynchronous functions, against raw SQLite writing the same rows',
    'steps/s',
    faster,
    shown,
  ),
  'durable/full-images': line(
    'durable-steps',
    'durable steps of the image machine, against raw SQLite writing the same rows',
    'steps/s',
    faster,
    shown,
  ),
  'real/openworkflow': line(
    'peers',
    'real asynchronous steps against openworkflow as it comes',
    'steps/s',
    faster,
    [25, 60],
  ),
  'real/dbos': line('peers', 'real asynchronous steps against DBOS', 'steps/s', faster, [30, 80]),
  'real/pg-boss': line(
    'peers',
    'real asynchronous steps against pg-boss',
    'steps/s',
    faster,
    [3, 8],
  ),
  'real/openworkflow-normal': line(
    'peers',
    'real asynchronous steps against openworkflow, both at NORMAL',
    'steps/s',
    faster,
    shown,
  ),
  'real/dbos-async': line(
    'peers',
    'real asynchronous steps against DBOS, neither waiting for the disk',
    'steps/s',
    faster,
    shown,
  ),
  'real/pg-boss-async': line(
    'peers',
    'real asynchronous steps against pg-boss, neither waiting for the disk',
    'steps/s',
    faster,
    shown,
  ),
  'simulated/openworkflow': line(
    'peers',
    'simulated tasks (timers only) against openworkflow as it comes',
    'steps/s',
    faster,
    shown,
  ),
  'simulated/dbos': line(
    'peers',
    'simulated tasks (timers only) against DBOS',
    'steps/s',
    faster,
    shown,
  ),
  'simulated/pg-boss': line(
    'peers',
    'simulated tasks (timers only) against pg-boss',
    'steps/s',
    faster,
    shown,
  ),
  'http/normal': line(
    'http',
    'accepted starts over HTTP at NORMAL, 32 connections, V3 verified, against bare node:http',
    'starts/s',
    faster,
    [0.2, 0.3],
  ),
  'http/normal-p99': line(
    'http',
    'p99 of accepted starts over HTTP at NORMAL',
    'ms',
    atMost,
    [15, 10],
  ),
  'http/full': line(
    'http',
    'accepted starts over HTTP at FULL, 32 connections, V3 verified, against bare node:http',
    'starts/s',
    faster,
    [0.15, 0.25],
  ),
  'http/full-p99': line('http', 'p99 of accepted starts over HTTP at FULL', 'ms', atMost, [25, 15]),
  'scale/start': line(
    'scale',
    'time of a start with a million executions in the file, against a thousand',
    'µs',
    cheaper,
    [1.15, 1.05],
  ),
  'scale/refused': line(
    'scale',
    'time of a refused start at a million, against an accepted one',
    'µs',
    cheaper,
    [1, 1],
  ),
  'scale/list-p99': line(
    'lists',
    'list the newest of a million executions, in process: p99',
    'ms',
    atMost,
    [1, 0.3],
  ),
  'scale/next-page-p99': line(
    'lists',
    'the next page at any depth of a million: p99',
    'ms',
    atMost,
    [1, 0.3],
  ),
  'scale/describe-p99': line(
    'lists',
    'describe one of a million executions: p99',
    'ms',
    atMost,
    [1, 0.3],
  ),
  'scale/open': line(
    'scale',
    'opening and recovering a file with 100,000 live executions',
    's',
    atMost,
    [2, 1],
  ),
  'scale/file': line(
    'scale',
    'file size an execution of twelve records',
    'B',
    atMost,
    [1700, 1300],
  ),
  'startup/version': line(
    'startup',
    'process start of `--version`, against `node -e 0`',
    'ms',
    cheaper,
    [1.5, 1.3],
  ),
  'startup/replay': line(
    'startup',
    'process start of `replay scenarios/lifecycle.yaml`, against `node -e 0`',
    'ms',
    cheaper,
    [4, 2.5],
  ),
  'startup/serve': line(
    'startup',
    'process start of `serve` until it is ready, against `node -e 0`',
    'ms',
    cheaper,
    [4, 3],
  ),
  'page/list': line(
    'page',
    'the list of executions at 200 records a second: how long a frame lasts, p95',
    'ms',
    atMost,
    [50, 34],
  ),
  'page/execution': line(
    'page',
    'an execution to which 200 records a second happen: how long a frame lasts, p95',
    'ms',
    atMost,
    [50, 34],
  ),
  'page/dropped': line(
    'page',
    'records of these seconds that the model of the page has not taken',
    'records',
    atMost,
    [0, 0],
  ),
  'page/scrub': line(
    'page',
    'scrubbing to another step of an execution with twenty regions: time of the page, p95',
    'ms',
    atMost,
    [16, 10],
  ),
  'page/scrub-long': line(
    'page',
    'scrubbing to another of a thousand steps: time of the page, p95',
    'ms',
    atMost,
    [16, 10],
  ),
  'page/chart': line('page', 'what the chart takes of such a step', 'ms', atMost, [4, 2]),
  'page/layout': line(
    'page',
    'layout of the first chart, twenty regions: the page brings what its engine says of it',
    'ms',
    atMost,
    [150, 100],
  ),
  'page/layout-other': line(
    'page',
    'layout of the first chart of a machine that no page knows, by the engine beside the main thread',
    'ms',
    atMost,
    shown,
  ),
  'page/scroll': line(
    'page',
    'scrolling through ten thousand executions: how long a frame lasts, p95',
    'ms',
    atMost,
    [17, 17],
  ),
  'page/rows': line(
    'page',
    'rows of these that are in the document at once, at most',
    'rows',
    atMost,
    [60, 60],
  ),
  'page/first-load': line(
    'page',
    'what is loaded before the list is shown, compressed',
    'kB',
    atMost,
    [150, 100],
  ),
  'page/first-style': line('page', 'of that, style', 'kB', atMost, [12, 12]),
  'page/export': line('page', 'an exported file of a thousand steps', 'kB', atMost, [400, 400]),
} as const satisfies Record<string, Line>

export type LineId = keyof typeof table
export const lineIds = Object.keys(table) as readonly LineId[]
