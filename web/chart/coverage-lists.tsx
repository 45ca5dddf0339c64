import { StatusMark, Icon } from '../parts/icon.js'
import type { Counted, CoverageData, CountedTransition } from './coverage.js'

interface PartProps {
  readonly title: string
  readonly all: readonly Counted[]
  /** Whether what was never come through is in the list, so that the head can say how much was. */
  readonly whole: boolean
  readonly children: preact.ComponentChildren
}

function Part({ title, all, whole, children }: PartProps) {
  const taken = all.filter(({ times }) => times > 0).length
  return (
    <section class="coverage-part" aria-label={title}>
      <h2>
        {title}
        {whole && (
          <span class={taken === all.length ? 'soft' : 'missing'}>
            {taken} of {all.length}
            {taken === all.length ? ', every one' : ''}
          </span>
        )}
      </h2>
      {children}
    </section>
  )
}

function Times({ times }: { readonly times: number }) {
  return (
    <td class="number">
      {times === 0 ? (
        <span class="missing">
          <Icon name="close" size={12} />
          never
        </span>
      ) : (
        times.toLocaleString('en')
      )}
    </td>
  )
}

/** `copyImage failed for good`: a task and one of its ends. */
function ends(outcomes: readonly Counted[]): readonly (readonly [string, readonly Counted[]])[] {
  const byTask = new Map<string, Counted[]>()
  for (const { name, times } of outcomes) {
    const [task = '', ...end] = name.split(' ')
    byTask.set(task, [...(byTask.get(task) ?? []), { name: end.join(' '), times }])
  }
  return [...byTask]
}

/** What an exploration came through, in tables: all that the chart shows, and what it cannot. */
export function CoverageLists({ coverage }: { readonly coverage: CoverageData }) {
  const { transitions, outcomes, statuses, answers, errors } = coverage
  return (
    <div class="coverage-lists">
      <Part title="Transitions" all={transitions} whole>
        <table>
          <thead>
            <tr>
              <th>from</th>
              <th>on</th>
              <th>to</th>
              <th class="number">taken</th>
            </tr>
          </thead>
          <tbody>
            {transitions.map((each) => (
              <tr key={each.name}>
                <td>{each.from}</td>
                <td>{eventText(each)}</td>
                <td>{each.to}</td>
                <Times times={each.times} />
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
      <div class="coverage-column">
        <Part title="How tasks end" all={outcomes} whole>
          <table>
            <tbody>
              {ends(outcomes).flatMap(([task, all]) =>
                all.map(({ name, times }, index) => (
                  <tr key={`${task} ${name}`}>
                    {index === 0 && (
                      <th scope="rowgroup" rowSpan={all.length}>
                        <code>{task}</code>
                      </th>
                    )}
                    <td>{name}</td>
                    <Times times={times} />
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </Part>
        <Part title="Statuses" all={statuses} whole>
          <Plain all={statuses} show={(name) => <StatusMark status={name} />} />
        </Part>
        <Part title="Answers to calls" all={answers} whole={false}>
          <Plain all={answers} show={callText} />
        </Part>
        <Part title="Error codes at the end" all={errors} whole={false}>
          <Plain all={errors} show={(name) => <code>{name}</code>} />
        </Part>
      </div>
    </div>
  )
}

interface PlainProps {
  readonly all: readonly Counted[]
  readonly show: (name: string) => preact.ComponentChildren
}

function Plain({ all, show }: PlainProps) {
  if (all.length === 0) return <p class="soft">none</p>
  return (
    <table>
      <tbody>
        {all.map(({ name, times }) => (
          <tr key={name}>
            <td>{show(name)}</td>
            <Times times={times} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** `start accepted`, `cancel InvalidStatus.CancelFailed`. */
function callText(name: string) {
  const [call = '', answer = ''] = name.split(' ')
  return (
    <>
      {call} {answer === 'accepted' ? answer : <code>{answer}</code>}
    </>
  )
}

function eventText({ event, guard }: CountedTransition): string {
  const what =
    event === '' ? 'at once' : event.replace(/^xstate\.(done|error)\.actor\.(.+?)(\.\*)?$/, ended)
  return guard === null ? what : `${what} [${guard}]`
}

function ended(_: string, how: string, task: string): string {
  return `${task} ${how === 'done' ? 'done' : 'failed'}`
}
