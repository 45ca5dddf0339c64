import { type ExecutionStatus, executionStatuses } from '../../../../machines/status.js'

/** Colours of the page, light and dark, by the name of their custom property. */
const colours: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  canvas: ['#F5F6F8', '#0C0F13'],
  surface: ['#FFFFFF', '#13171D'],
  inset: ['#EEF0F4', '#1B2028'],
  line: ['#DCE0E6', '#2A313B'],
  rule: ['#848E9C', '#66707F'],
  ink: ['#14181F', '#E9EDF3'],
  'ink-2': ['#434C5A', '#B6BFCC'],
  'ink-3': ['#5B6574', '#929CAB'],
  accent: ['#B84304', '#FF9E57'],
  'accent-tint': ['#F3CDB5', '#4A2D19'],
  preparing: ['#5E697B', '#929DAD'],
  repairing: ['#552398', '#D6B3F5'],
  building: ['#1964D0', '#4E97FA'],
  testing: ['#0B4E60', '#A9EFF3'],
  distributing: ['#3A22D6', '#8B93E0'],
  releasing: ['#6F6550', '#B39C82'],
  cancelling: ['#925231', '#C6936E'],
  success: ['#1C784B', '#86EBB5'],
  'partition-success': ['#7D6000', '#EFC95B'],
  'test-failed': ['#AE13AF', '#D96CE5'],
  failed: ['#A30D30', '#FB6174'],
  cancelled: ['#484D57', '#A6ABB4'],
}

/** The name of a status's colour. */
export function tokenOf(status: ExecutionStatus): string {
  return status.toLowerCase().replaceAll('_', '-')
}

function properties(scheme: 0 | 1): string {
  return Object.entries(colours)
    .map(([name, pair]) => `--${name}:${pair[scheme]}`)
    .join(';')
}

/** The colour of a status, by class: a page whose policy allows no style of an element shows it too. */
const ofStatuses = executionStatuses
  .map((status) => `.of-${tokenOf(status)}{color:var(--${tokenOf(status)})}`)
  .join('')

/** The style sheet. The scheme is the reader's own. */
export const styles = `
:root{color-scheme:light dark;${properties(0)}}
@media (prefers-color-scheme:dark){:root{${properties(1)}}}
*{box-sizing:border-box;margin:0}
body{background:var(--canvas);color:var(--ink);font:13px/18px -apple-system,BlinkMacSystemFont,"Segoe UI Variable Text","Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
code,.mono{font-family:ui-monospace,"SF Mono",SFMono-Regular,Menlo,"Cascadia Mono","DejaVu Sans Mono",Consolas,monospace;font-variant-ligatures:none;font-size:11.5px}
header{background:var(--surface);border-bottom:1px solid var(--line);padding:12px 16px;display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;justify-content:space-between}
h1{font-size:15px;line-height:20px;font-weight:600}
h1 span{font-size:13px;font-weight:400;color:var(--ink-2);margin-left:12px}
header p{color:var(--ink-2)}
header .about{max-width:88ch}
header code{border:1px solid var(--rule);border-radius:6px;padding:6px 12px;background:var(--surface);overflow-wrap:anywhere}
main{display:grid;grid-template-columns:7fr 5fr;gap:1px;background:var(--line);border-bottom:1px solid var(--line)}
section{background:var(--surface);padding:12px 16px 16px;min-width:0}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1px;background:var(--line)}
.stack{display:grid;gap:1px;background:var(--line);align-content:start;grid-auto-rows:auto}
.stack>:last-child{flex:1}
.column{display:flex;flex-direction:column;gap:1px;background:var(--line);min-width:0}
.column>:last-child{flex:1}
h2{font-size:13px;font-weight:600}
h2+p{color:var(--ink-2);margin-bottom:12px}
svg{display:block;width:100%;height:auto;overflow:visible}
svg text{font-size:11px;fill:var(--ink-2)}
svg .strong{fill:var(--ink);font-weight:600}
svg .goal{fill:var(--failed);paint-order:stroke;stroke:var(--surface);stroke-width:4px}
.lead{display:grid;grid-template-columns:minmax(0,1fr) 128px;gap:24px;align-items:center}
dl.figures{display:grid;gap:16px}
dl.figures dt{color:var(--ink-2);font-size:12px;line-height:16px}
dl.figures .value{font-size:20px;line-height:26px;font-weight:600;white-space:nowrap}
dl.figures .bounds{color:var(--ink-2);font-size:12px;line-height:16px;white-space:nowrap}
dd{margin:0}
table{border-collapse:collapse;width:100%}
th{font-weight:400;text-align:left;color:var(--ink-2);font-size:12px;line-height:16px}
td,th{padding:8px 8px 8px 0;vertical-align:middle}
tr+tr td{border-top:1px solid var(--line)}
td.number,th.number{text-align:right;white-space:nowrap;padding-right:0;padding-left:12px}
td.number small{display:block;color:var(--ink-2);font-size:12px;line-height:16px}
.bare tr+tr td{border-top:0}
.bar{width:45%}
.blocks{margin-bottom:8px}
.status{display:inline-flex;gap:8px;align-items:center;white-space:nowrap;font-weight:600;font-size:11px}
.status svg,.finding svg{width:16px;height:16px;flex:none}
.finding{display:grid;grid-template-columns:16px 1fr;gap:0 12px;margin-bottom:14px}
.finding b{font-weight:600}
.finding p{grid-column:2;color:var(--ink-2)}
.note{color:var(--ink-2);font-size:12px;line-height:16px;margin-top:8px}
footer{padding:12px 16px;color:var(--ink-3);font-size:12px;line-height:16px}
.wide{grid-column:1/-1}
${ofStatuses}
@media (max-width:899px){main,.pair{grid-template-columns:minmax(0,1fr)}.lead{grid-template-columns:minmax(0,1fr)}dl.figures{grid-template-columns:1fr 1fr}header code{width:100%}.scroll{overflow-x:auto}.lead svg text{font-size:17px}}
@media (forced-colors:active){svg *{forced-color-adjust:none}}
@media print{body{background:none}}
`
