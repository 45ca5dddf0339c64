import type { Covered } from '../../simulate/explore/chart.js'
import type { Exploration, Violation } from '../../simulate/explore/explore.js'

/** An exploration as text. `out` is where the scenario of its violation was written, if anywhere. */
export function renderExploration(found: Exploration, out: string | undefined): string {
  const { name, states, transitions, depth, violations, coverage } = found
  const verdict =
    violations.length === 0
      ? '✔ everything that is to hold held in every state'
      : `✘ ${violations.length} of what is to hold did not`
  return [
    name,
    `  ${states} states, ${transitions} steps between them, the longest path ${depth}`,
    `  ${coverage.crashPoints} instants before and after a commit at which the process may die`,
    ...boundLines(found),
    ...alikeLines(found),
    '',
    ...coverageLines('states', coverage.states),
    ...coverageLines('transitions', coverage.transitions),
    ...coverageLines('statuses', coverage.statuses),
    ...coverageLines('ends of attempts', coverage.outcomes),
    ...listLines('answers to calls', coverage.answers),
    ...listLines('error codes at the end', coverage.errors),
    '',
    verdict,
    ...violations.flatMap((violation, index) => violationLines(violation, index === 0, out)),
    '',
  ].join('\n')
}

function boundLines({ bounds, cut }: Exploration): string[] {
  const given = Object.entries(bounds).map(([bound, n]) => `${bound} ${n}`)
  const left = Object.entries(cut).map(([bound, n]) => `${bound} (${n} times)`)
  return [
    `  bounds: ${given.join(', ')}`,
    `  cut off by: ${left.length === 0 ? 'nothing, this is all there is' : left.join(', ')}`,
  ]
}

function alikeLines({ alike: { regions, accounts, templates } }: Exploration): string[] {
  const groups = [...regions, ...accounts, ...templates].map((names) => names.join(' = '))
  return groups.length === 0 ? [] : [`  folded together: ${groups.join('; ')}`]
}

function coverageLines(what: string, all: readonly Covered[]): string[] {
  const taken = all.filter(({ times }) => times > 0)
  const missing = all.filter(({ times }) => times === 0)
  const head = `${what}: ${taken.length} of ${all.length}${missing.length === 0 ? ', every one' : ''}`
  return [
    head,
    ...taken.map(({ name, times }) => `  ${String(times).padStart(7)}  ${name}`),
    ...missing.map(({ name }) => `        –  ${name}`),
  ]
}

function listLines(what: string, all: readonly Covered[]): string[] {
  if (all.length === 0) return []
  return [`${what}:`, ...all.map(({ name, times }) => `  ${String(times).padStart(7)}  ${name}`)]
}

function violationLines(
  { invariant, says, execution, message, path, scenario, steps }: Violation,
  first: boolean,
  out: string | undefined,
): string[] {
  const head = ['', `✘ ${invariant}: ${says}`, `  ${execution ?? 'the file'}: ${message}`]
  const way = path.map((text, index) => `  ${String(index + 1).padStart(2)}. ${text}`)
  if (!first) return [...head, ...way]
  const where = out === undefined ? 'As a scenario' : `Written to ${out}`
  return [...head, ...way, '', `${where} (${steps} steps):`, '', ...scenario.trimEnd().split('\n')]
}
