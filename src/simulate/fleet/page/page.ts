import type { FleetReport } from '../report-types.js'
import { length, mean, percent, whole } from '../words.js'
import {
  findingPanel,
  leadPanel,
  outcomePanel,
  poolPanel,
  refusedPanel,
  statusPanel,
  sweepPanels,
} from './panels.js'
import { escaped } from './svg.js'
import { styles } from './tokens.js'

/**
 * The report of a fleet as one HTML file: style and plots stand in it, nothing is fetched and nothing
 * runs. The scheme, light or dark, is the reader's own.
 */
export function fleetPage(report: FleetReport, version: string): string {
  const { name, about, templates, point, seed, hash, file } = report
  const count = `${templates} ${templates === 1 ? 'template' : 'templates'}`
  const told = `${count}, ${whole(point.played)} executions, seed ${seed}`
  const right = report.sweep === null ? refusedPanel(report) : sweepPanels(report)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(name)}</title>
<style>${styles}</style>
</head>
<body>
<header>
<div>
<h1>${escaped(name)}<span>${told}</span></h1>
${about === null ? '' : `<p class="about">${escaped(about)}</p>`}
<p>Trace <code style="border:0;padding:0">${hash.slice(0, 8)}</code>. Same numbers on any number of cores. Bands and ranges are ${Math.round(100 * report.confidence)} % confidence.</p>
</div>
<code>npx bakeline fleet ${escaped(file)} --seed ${seed}</code>
</header>
<main>
<div class="column">
${leadPanel(report)}
<div class="pair">${outcomePanel(report)}${findingPanel(report)}</div>
${poolPanel(report)}
</div>
<div class="column">
${right}
${statusPanel(report)}
</div>
</main>
<footer>${footer(report)} Bakeline ${escaped(version)}.</footer>
</body>
</html>
`
}

function footer({ point, lasts, warmup, precision, sweep }: FleetReport): string {
  const warm = warmup === 0 ? '' : `, the first ${length(warmup)} of each not measured`
  const loose = [point, ...(sweep?.points ?? [])].filter(({ precise }) => !precise).length
  const bounds =
    loose === 0
      ? `All bounds are within ${percent(precision)}.`
      : `Not all bounds are within ${percent(precision)}: more runs would tighten them.`
  return (
    `${point.runs} independent runs of ${length(lasts)}${warm}; ` +
    `${mean(point.live.value)} executions live at a time. Bounds come from how the runs differ. ${bounds}`
  )
}
