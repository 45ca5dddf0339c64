import { Button, CodeBox } from '../../parts/controls.js'
import type { Played } from './played.js'

interface ReportProps {
  readonly played: Played
  /** Whether the text is another than the one that was played. */
  readonly changed: boolean
}

/** The report of a fleet, with its plots: the panels are those of `bakeline fleet --html`. */
export function Report({ played, changed }: ReportProps) {
  const { report, panels, html, csv } = played
  const { point, seed, templates, hash, confidence, name, about, file } = report
  return (
    <div class="fleet-report">
      {changed && (
        <p class="fleet-stale small" role="status">
          The text has changed since it was played.
        </p>
      )}
      <div class="fleet-head">
        <div class="grow">
          <h2>
            {name}{' '}
            <span class="soft">
              {templates} {templates === 1 ? 'template' : 'templates'},{' '}
              {point.played.toLocaleString('en')} executions, seed {seed}
            </span>
          </h2>
          {about !== null && <p class="soft fleet-about">{about}</p>}
          <p class="soft">
            Trace <code>{hash.slice(0, 8)}</code>, {point.runs} independent runs. Bands and ranges
            are {Math.round(100 * confidence)} % confidence
            {point.precise ? '.' : '; more runs would tighten them.'}
          </p>
        </div>
        <div class="row">
          <Button onPress={() => save(`${name}.html`, 'text/html', html)}>HTML</Button>
          <Button
            onPress={() =>
              save(`${name}.json`, 'application/json', JSON.stringify(report, null, 2))
            }
          >
            JSON
          </Button>
          <Button onPress={() => save(`${name}.csv`, 'text/csv', csv)}>CSV</Button>
        </div>
      </div>
      <div class="fleet-panels">
        {panels.map((panel) => (
          <div
            key={panel.name}
            class={`fleet-panel ${panel.name} ${isTall(panel.html) ? 'tall' : ''}`}
            // Made by the server itself, which has escaped what stands in the file.
            dangerouslySetInnerHTML={{ __html: panel.html }}
          />
        ))}
      </div>
      <div class="pad fleet-again">
        <CodeBox
          label="the command that repeats it"
          text={`npx bakeline fleet ${file} --runs ${point.runs} --seed ${seed}`}
        />
      </div>
    </div>
  )
}

/** Whether there are two panels in one, a sweep's. */
function isTall(html: string): boolean {
  return html.split('<section').length > 2
}

/** Gives a file to the browser to keep. */
function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name.replaceAll(/[^\w.-]+/g, '-')
  link.click()
  URL.revokeObjectURL(url)
}
