// Draws the README's picture: what `bakeline replay scenarios/lifecycle.yaml` prints, in a terminal.
import { readFileSync, writeFileSync } from 'node:fs'
import { play } from '../src/replay.js'
import { renderTree } from '../src/simulate/replay/tree.js'

const charWidth = 7.83
const lineHeight = 18
const padding = 20
const bar = 34

/** Words that mean an end or a stage, and what they look like. */
const colours: readonly [RegExp, string][] = [
  [/\b(SUCCESS|Available|as expected|accepted)\b|✔/g, '#7ee787'],
  [/\b(PREPARING|REPAIRING|BUILDING|TESTING|DISTRIBUTING|RELEASING)\b/g, '#79c0ff'],
  [/\b(CANCELLED|CANCELLING|PARTITION_SUCCESS)\b/g, '#e3b341'],
  [/refused: [\w. ]+|attempt \d failed: \w+|\b(FAILED|TEST_FAILED)\b|✘/g, '#ff9b93'],
  [/\+[0-9dhms]+/g, '#8b949e'],
  [/[├└│─]+/g, '#484f58'],
  [/\b(exec|ip|ic)-\w+/g, '#d2a8ff'],
]

export async function picture(): Promise<string> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  const replayed = await play('scenarios/lifecycle.yaml')
  const command = '$ npx bakeline replay scenarios/lifecycle.yaml'
  const lines = [command, ...renderTree(replayed, version).trimEnd().split('\n')]
  const columns = Math.max(...lines.map((line) => line.length))
  const width = Math.ceil(columns * charWidth) + 2 * padding
  const height = lines.length * lineHeight + bar + 2 * padding
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A replay of the whole life of an image">`,
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>`,
    ...['#ff5f57', '#febc2e', '#28c840'].map(
      (fill, index) => `<circle cx="${padding + 6 + index * 20}" cy="22" r="6" fill="${fill}"/>`,
    ),
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#c9d1d9" xml:space="preserve">`,
    ...lines.map((line, index) => text(line, bar + padding + (index + 0.8) * lineHeight)),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

function text(line: string, y: number): string {
  // Positions are given for every run of letters, so that any monospace font lines up.
  const parts = runs(line).map(({ start, value, fill }) => {
    const x = (padding + start * charWidth).toFixed(1)
    const length = (value.length * charWidth).toFixed(1)
    const colour = fill === null ? '' : ` fill="${fill}"`
    return `<tspan x="${x}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${colour}>${escape(value)}</tspan>`
  })
  return `<text y="${y.toFixed(1)}">${parts.join('')}</text>`
}

interface Run {
  readonly start: number
  readonly value: string
  readonly fill: string | null
}

function runs(line: string): Run[] {
  const fills: (string | null)[] = Array.from({ length: line.length }, () => null)
  for (const [pattern, fill] of colours) {
    for (const match of line.matchAll(pattern)) {
      fills.fill(fill, match.index, match.index + match[0].length)
    }
  }
  const found: Run[] = []
  for (const match of line.matchAll(/\S+/g)) {
    let start = match.index
    for (let index = start + 1; index <= match.index + match[0].length; index++) {
      const end = index === match.index + match[0].length
      if (!end && fills[index] === fills[start]) continue
      found.push({ start, value: line.slice(start, index), fill: fills[start] ?? null })
      start = index
    }
  }
  return found
}

function escape(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

if (process.argv[1]?.endsWith('picture.ts')) writeFileSync('docs/lifecycle.svg', await picture())
