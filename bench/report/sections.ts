import type { LineId } from '../table.js'

/** A section of the page: what it is about, and the lines that belong to it. */
export interface Section {
  /** Names its pictures. */
  readonly key: string
  readonly title: string
  /** What is measured and how, before the figures. */
  readonly text: string
  readonly lines: readonly LineId[]
  /** Lines whose rates are shown beside those of the others. */
  readonly rates?: readonly LineId[]
}

export const sections: readonly Section[] = [
  {
    key: 'durable',
    title: 'Durable steps against SQLite itself',
    text:
      'A step is one event of an execution with all that it writes: the snapshot, a record, timers ' +
      'and tasks. _Raw_ is the exact list of statements and parameters that the engine issued in a ' +
      'recorded run, replayed with the same prepared statements, pragmas and commits: what SQLite ' +
      'takes when nobody computes anything.',
    lines: [
      'durable/full-group',
      'durable/normal-single',
      'durable/full-real',
      'durable/full-images',
    ],
    rates: ['durable/full-group', 'durable/normal-single'],
  },
  {
    key: 'peers',
    title: 'Real steps against other durable engines',
    text:
      'Twelve asynchronous functions that do nothing, one after the other, each claimed under a lease ' +
      'and written before the next begins; starts are part of it. Each engine runs at its best of 1, ' +
      '20, 50 and 100 at once. pg-boss has no workflows: there a step is a job that makes the next, ' +
      'fetched, inserted and ended in batches, by four loops at once. A second line shows simulated ' +
      'tasks, which are timers: what replays and the emulator run.',
    lines: [
      'real/openworkflow',
      'real/dbos',
      'real/pg-boss',
      'real/openworkflow-normal',
      'real/dbos-async',
      'real/pg-boss-async',
      'simulated/openworkflow',
      'simulated/dbos',
      'simulated/pg-boss',
    ],
    rates: ['real/openworkflow', 'real/dbos', 'real/pg-boss', 'simulated/pg-boss'],
  },
  {
    key: 'http',
    title: 'Starts over HTTP',
    text:
      '`StartImagePipelineExecution` over 32 connections, sent by wrk on the same two cores: each ' +
      'request was signed beforehand (V3), has a nonce of its own and starts a template of its own. ' +
      'The world names access keys, so every signature is checked. What counts are executions found ' +
      'in the file afterwards. The limit answers the same requests with a constant.',
    lines: ['http/normal', 'http/normal-p99', 'http/full', 'http/full-p99'],
    rates: ['http/normal', 'http/full'],
  },
  {
    key: 'step',
    title: 'The step',
    text:
      'One pure call of the image machine with its invokes and spawned tasks; the effects are read. ' +
      "The other is xstate's own `transition()`.",
    lines: [
      'step/public',
      'step/rate',
      'step/reused',
      'step/handwritten',
      'step/bytes',
      'step/mismatches',
    ],
  },
  {
    key: 'memory',
    title: 'Whole executions in memory',
    text:
      'What a fleet runs on: executions from start to end in virtual time, nothing durable. SimPy ' +
      'models the same pipeline, without and with the time-outs of the stages.',
    lines: [
      'memory/simpy-plain',
      'memory/simpy-timeouts',
      'memory/simpy-anew',
      'memory/xstate',
      'memory/xstate-actors',
      'memory/actor',
      'memory/live',
      'memory/million-rss',
      'memory/million-time',
    ],
    rates: ['memory/simpy-plain', 'memory/simpy-timeouts', 'memory/actor'],
  },
  {
    key: 'scale',
    title: 'A million executions in a file',
    text: 'A file with a million executions, made by a generator that writes what the engine writes.',
    lines: [
      'scale/start',
      'scale/refused',
      'scale/list-p99',
      'scale/next-page-p99',
      'scale/describe-p99',
      'scale/open',
      'scale/file',
    ],
  },
  {
    key: 'startup',
    title: 'Start of the process',
    text: '`node dist/src/cli/main.js …` against `node -e 0`, twenty of each in turn.',
    lines: ['startup/version', 'startup/replay', 'startup/serve'],
  },
  {
    key: 'page',
    title: 'The page in a browser',
    text:
      'Chromium without a screen on the same two cores as the server, which makes 200 records a second, ' +
      'evenly. Beside it the list of executions is open, or the very execution to which all of it ' +
      'happens. For a step of the slider, the processor time of its main thread is taken, from the key ' +
      'until the other step is seen.',
    lines: [
      'page/list',
      'page/execution',
      'page/dropped',
      'page/scrub',
      'page/scrub-long',
      'page/chart',
      'page/layout',
      'page/layout-other',
      'page/scroll',
      'page/rows',
      'page/first-load',
      'page/first-style',
      'page/export',
    ],
  },
]
