import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { pageFile, pageFolder } from './files.js'

/** What every exported file has. */
interface Named {
  readonly name: string
  readonly version: string
}

/** An execution as a file shows it. */
export interface Exported extends Named {
  /** As `GET /_bakeline/executions/{id}/steps` answers. */
  readonly data: object
  /** As `GET /_bakeline/machines/{key}` answers; null where nobody has the machine. */
  readonly machine: object | null
  /** As `GET /_bakeline/clock/changes` answers, of its span; none when absent. */
  readonly clock?: readonly object[]
  /** The time of the service, in milliseconds since 1970. */
  readonly now: number
}

/** An exploration as a file shows it. */
export interface ExportedExploration extends Named {
  /** As `bakeline explore --json` prints it. */
  readonly exploration: object
  readonly machine: object
}

interface LayoutModule {
  readonly layout: (machine: object) => Promise<object>
}

/**
 * One file that shows an execution, or what an exploration came to, by itself, from disk and without a
 * network: the page's own view, its style and the data in one.
 *
 * @returns the HTML; null when the page was never built
 */
export async function exportedPage(
  exported: Exported | ExportedExploration,
): Promise<string | null> {
  const [script, style, folder] = [
    await pageFile('export.js'),
    await pageFile('export.css'),
    pageFolder(),
  ]
  if (script === null || style === null || folder === null) return null
  const layout = exported.machine === null ? null : await layoutOf(folder, exported.machine)
  const decoder = new TextDecoder()
  // The end of a script inside a script would end it.
  const code = decoder.decode(script.body).replaceAll('</script', String.raw`<\/script`)
  const css = decoder.decode(style.body)
  const json = JSON.stringify({ ...slim(exported), layout }).replaceAll('<', String.raw`\u003c`)
  const policy = `default-src 'none'; script-src '${hashOf(code)}'; style-src '${hashOf(css)}'; img-src data:`
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="content-security-policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(exported.name)}</title>`,
    `<style>${css}</style>`,
    '</head>',
    '<body>',
    '<div id="page"></div>',
    `<script type="application/json" id="data">${json}</script>`,
    `<script type="module">${code}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** Without what most records do not have: that is a good part of a long history. */
function slim<T extends Exported | ExportedExploration>(exported: T): T {
  if (!('data' in exported)) return exported
  const { records = [], ...rest } = exported.data as { readonly records?: readonly RecordJson[] }
  const without = records.map(({ effects = [], ...record }) =>
    effects.length === 0 ? record : Object.assign(record, { effects }),
  )
  return { ...exported, data: { ...rest, records: without } }
}

interface RecordJson {
  readonly effects?: readonly object[]
}

async function layoutOf(folder: string, machine: object): Promise<object | null> {
  const { layout } = (await import(pathToFileURL(`${folder}/layout.js`).href)) as LayoutModule
  // A shape that cannot be laid out is shown as an outline.
  return layout(machine).catch(() => null)
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
