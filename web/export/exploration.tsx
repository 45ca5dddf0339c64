import '../chart/coverage.css'
import './exploration.css'
import { CoverageChart } from '../chart/coverage-chart.js'
import { CoverageLegend } from '../chart/coverage-legend.js'
import { CoverageLists } from '../chart/coverage-lists.js'
import { boundNames, type Exploration, foldedIn, type Violation } from '../chart/exploration.js'
import type { Layout } from '../chart/layout.js'
import type { MachineModel } from '../chart/machine.js'
import { Icon } from '../parts/icon.js'
import { ThemeButton } from './theme-button.js'

/** What `bakeline explore --html` puts into the file. */
export interface ExportedExploration {
  readonly exploration: Exploration
  readonly machine: MachineModel | null
  readonly layout: Layout | null
  readonly version: string
}

/** What an exploration came to: whether everything held, and what of the machine it came through. */
export function ExplorationPage({ exported }: { readonly exported: ExportedExploration }) {
  const { exploration, machine, layout, version } = exported
  const { violations, coverage, name, file } = exploration
  return (
    <div class="explored">
      <header class="top">
        <span class="brand">
          <Icon name="brand" size={18} />
          <h1 class="cut">{name}</h1>
        </span>
        <span class="grow faint cut">
          explored from {file} by bakeline {version}
        </span>
        <ThemeButton />
      </header>
      <main>
        <Verdict exploration={exploration} />
        {violations.map((violation) => (
          <Violated key={violation.invariant} violation={violation} />
        ))}
        {machine !== null && layout !== null && (
          <section aria-label="Coverage of the machine">
            <div class="legend coverage-legend">
              <h2>What was come through</h2>
              <CoverageLegend />
            </div>
            <CoverageChart machine={machine} layout={layout} coverage={coverage} />
          </section>
        )}
        <section aria-label="Coverage in numbers">
          <CoverageLists coverage={coverage} />
        </section>
      </main>
    </div>
  )
}

function Verdict({ exploration }: { readonly exploration: Exploration }) {
  const { violations, states, transitions, depth, bounds, cut, coverage } = exploration
  const held = violations.length === 0
  const groups = foldedIn(exploration)
  const figures: readonly (readonly [string, number])[] = [
    ['states', states],
    ['steps between them', transitions],
    ['steps on the longest path', depth],
    ['instants at which the process may die', coverage.crashPoints],
  ]
  return (
    <section aria-label="Verdict" class="verdict">
      <p class={held ? 'held' : 'broken'}>
        <Icon name={held ? 'SUCCESS' : 'FAILED'} size={18} />
        {held
          ? 'Everything that is to hold held in every state.'
          : `${violations.length} of what is to hold did not.`}
      </p>
      <dl class="figures">
        {figures.map(([what, n]) => (
          <div key={what}>
            <dd>{n.toLocaleString('en')}</dd>
            <dt>{what}</dt>
          </div>
        ))}
      </dl>
      <table>
        <caption class="unseen">Bounds</caption>
        <thead>
          <tr>
            <th>at most</th>
            <th class="number">bound</th>
            <th>left out because of it</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(bounds).map(([bound, most]) => (
            <tr key={bound}>
              <td>{boundNames[bound] ?? bound}</td>
              <td class="number">{most.toLocaleString('en')}</td>
              <td>{cutText(cut[bound])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {groups.length > 0 && (
        <p class="soft">Folded together, as nothing tells them apart: {groups.join('; ')}.</p>
      )}
    </section>
  )
}

function cutText(times: number | undefined): string {
  if (times === undefined) return 'nothing'
  return times === 1 ? 'once' : `${times.toLocaleString('en')} times`
}

function Violated({ violation }: { readonly violation: Violation }) {
  const { invariant, says, execution, message, path, scenario, steps } = violation
  return (
    <section aria-label={invariant} class="violated">
      <h2>
        <Icon name="FAILED" />
        <code>{invariant}</code>
        {!says.includes(invariant) && <span>{says}</span>}
      </h2>
      <p>
        {execution ?? 'The file'}: {message}
      </p>
      <div class="shown">
        <ol>
          {path.map((text, index) => (
            <li key={index}>{text}</li>
          ))}
        </ol>
        <pre tabIndex={0} aria-label={`A scenario of ${steps} steps that shows it`}>
          {scenario}
        </pre>
      </div>
    </section>
  )
}
