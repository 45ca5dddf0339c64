import builder from 'xmlbuilder'
import type { Replayed } from '../../simulate/replay/types.js'
import type { ScenarioError } from '../../simulate/scenario/error.js'
import { type Fault, faultsOf, type Result } from './result.js'

type Element = ReturnType<typeof builder.create>

/**
 * Results as JUnit XML: a test suite a scenario, a test case a step. Times are virtual, so that the
 * same run gives the same bytes.
 */
export function junit(results: readonly Result[]): string {
  const root = builder.create('testsuites', {
    version: '1.0',
    encoding: 'UTF-8',
    invalidCharReplacement: '\uFFFD',
  })
  for (const result of results) addSuite(root, result)
  return `${root.end({ pretty: true })}\n`
}

function addSuite(root: Element, result: Result): void {
  if ('unreadable' in result) addUnreadable(root, result.unreadable)
  else addPlayed(root, result.replayed, faultsOf(result))
}

function addUnreadable(root: Element, { file, message, line }: ScenarioError): void {
  const suite = root.ele('testsuite', { name: file, file, tests: 1, failures: 0, errors: 1 })
  const test = suite.ele('testcase', {
    name: 'the file is a scenario',
    classname: file,
    file,
    line,
  })
  test.ele('error', { type: 'ScenarioError', message: firstLine(message) }, message)
}

function addPlayed(root: Element, replayed: Replayed, faults: readonly Fault[]): void {
  const { name, file, beats, at } = replayed
  const golden = faults.filter(({ title }) => title === `${name}: golden`)
  const failing = beats.filter(({ failures }) => failures.length > 0).length
  const suite = root.ele('testsuite', {
    name,
    file,
    tests: beats.length + Math.min(1, golden.length),
    failures: failing + golden.length,
    errors: 0,
    time: seconds(beats.reduce((sum, { took }) => sum + took, 0)),
    timestamp: new Date(at).toISOString().slice(0, 19),
  })
  const nameOf = distinctNames()
  for (const { title, line, column, took, failures } of beats) {
    const place = { classname: name, file, line }
    const test = suite.ele('testcase', { name: nameOf(title), ...place, time: seconds(took) })
    if (failures.length === 0) continue
    addFailure(test, failures, `${file}:${line}:${column}`)
  }
  for (const { message } of golden) {
    const test = suite.ele('testcase', { name: 'golden', classname: name, file, time: seconds(0) })
    addFailure(test, [message], file)
  }
}

/** `start web`, `start web (2)`: some readers keep one test case of a name only. */
function distinctNames(): (title: string) => string {
  const counts = new Map<string, number>()
  return (title) => {
    const count = (counts.get(title) ?? 0) + 1
    counts.set(title, count)
    return count === 1 ? title : `${title} (${count})`
  }
}

function addFailure(test: Element, failures: readonly string[], place: string): void {
  const attributes = { type: 'ExpectationError', message: firstLine(failures.join('; ')) }
  test.ele('failure', attributes, failures.map((each) => `${place}: ${each}`).join('\n'))
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3)
}
