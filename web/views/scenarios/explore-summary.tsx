import { boundNames, foldedIn, type Violation } from '../../chart/exploration.js'
import { took } from '../../lib/time.js'
import { Button, CodeBox } from '../../parts/controls.js'
import { Icon } from '../../parts/icon.js'
import type { Explored } from './explored.js'

interface ExploreSummaryProps {
  readonly explored: Explored
  readonly tookMs: number
  readonly file: string
  readonly onOpen: (violation: Violation) => void
}

/** Whether everything held, how much was tried, and what was left out. */
export function ExploreSummary({ explored, tookMs, file, onOpen }: ExploreSummaryProps) {
  const { violations, states, transitions, depth } = explored
  const held = violations.length === 0
  return (
    <>
      <p class="run-verdict" role="status">
        <span class={held ? 'run-good' : 'run-bad'}>
          <Icon name={held ? 'SUCCESS' : 'FAILED'} />
          {held
            ? 'Everything that is to hold held'
            : `${violations.length} of what is to hold did not`}
        </span>
        <span class="soft">
          {states.toLocaleString('en')} states, {transitions.toLocaleString('en')} steps between
          them, the longest path {depth}, in {took(Math.max(1_000, tookMs))}
        </span>
      </p>
      <Covered explored={explored} />
      {violations.map((violation) => (
        <Violated
          key={violation.invariant}
          violation={violation}
          onOpen={() => onOpen(violation)}
        />
      ))}
      <Bounds explored={explored} />
      <section class="run-again" aria-label="Repeat it">
        <b>Repeat it, without the limits of the page</b>
        <CodeBox label="the command that repeats it" text={`npx bakeline explore ${file}`} />
      </section>
    </>
  )
}

/** How much of the machine was come through, as figures with bars. */
function Covered({ explored: { coverage } }: { readonly explored: Explored }) {
  const figures = [
    ['states', coverage.states],
    ['transitions', coverage.transitions],
    ['statuses', coverage.statuses],
    ['ends of tasks', coverage.outcomes],
  ] as const
  return (
    <dl class="explored-figures">
      {figures.map(([name, all]) => {
        const taken = all.filter(({ times }) => times > 0).length
        const whole = taken === all.length
        return (
          <div key={name} class={whole ? 'whole' : ''}>
            <dd>
              <b>{taken}</b> of {all.length}
            </dd>
            <dt>
              <Icon name={whole ? 'SUCCESS' : 'close'} size={14} />
              {name}
            </dt>
            <i class="explored-bar" aria-hidden="true">
              <i style={{ width: `${(100 * taken) / Math.max(1, all.length)}%` }} />
            </i>
          </div>
        )
      })}
    </dl>
  )
}

interface ViolatedProps {
  readonly violation: Violation
  readonly onOpen: () => void
}

function Violated({ violation, onOpen }: ViolatedProps) {
  const { invariant, says, execution, message, path } = violation
  return (
    <section class="explored-violation" aria-label={invariant}>
      <h2 class="row">
        <Icon name="FAILED" />
        <code class="strong">{invariant}</code>
      </h2>
      {!says.includes(invariant) && <p class="soft">{says}</p>}
      <p>
        {execution ?? 'The file'}: {message}
      </p>
      <ol>
        {path.map((text, index) => (
          <li key={`${index} ${text}`}>{text}</li>
        ))}
      </ol>
      <Button icon="open" onPress={onOpen}>
        Open as scenario
      </Button>
    </section>
  )
}

function Bounds({ explored }: { readonly explored: Explored }) {
  const { bounds, cut } = explored
  const groups = foldedIn(explored)
  return (
    <section class="explored-bounds" aria-label="Bounds">
      <table>
        <thead>
          <tr>
            <th scope="col">at most</th>
            <th scope="col" class="number">
              bound
            </th>
            <th scope="col">left out</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(bounds).map(([bound, most]) => {
            const times = cut[bound]
            return (
              <tr key={bound} class={times === undefined ? '' : 'reached'}>
                <td>{boundNames[bound] ?? bound}</td>
                <td class="number">{most.toLocaleString('en')}</td>
                <td>{times === undefined ? 'nothing' : `${times.toLocaleString('en')} times`}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {groups.length > 0 && (
        <p class="small soft">Nothing tells them apart, so they are one: {groups.join('; ')}.</p>
      )}
    </section>
  )
}
