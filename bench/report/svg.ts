/** Text of an SVG element. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** A picture for light and dark pages, with the classes that the parts below use. */
export function svg(
  width: number,
  height: number,
  title: string,
  parts: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">`,
    `<style>${style}</style>`,
    `<rect class="page" width="${width}" height="${height}" rx="6"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}

const style = [
  'text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#1f2328}',
  '.page{fill:#fff}.small{font-size:11px;fill:#59636e}.end{text-anchor:end}.mid{text-anchor:middle}',
  '.bold{font-weight:600}.track{fill:#eaeef2}.ours{fill:#1a7f5a}.floor{fill:#bf8700}',
  '.below{fill:#cf222e}.other{fill:#8c959f}.mark{stroke:#1f2328;stroke-width:1.5}',
  '.faint{stroke:#1f2328;stroke-width:1.5;stroke-dasharray:2 2}',
  '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.page{fill:#0d1117}.small{fill:#9198a1}',
  '.track{fill:#21262d}.ours{fill:#3fb984}.floor{fill:#d29922}.below{fill:#f85149}',
  '.other{fill:#6e7681}.mark,.faint{stroke:#e6edf3}}',
].join('')

export function words(x: number, y: number, text: string, classes = ''): string {
  return `<text x="${round(x)}" y="${round(y)}"${classes && ` class="${classes}"`}>${escape(text)}</text>`
}

export function bar(x: number, y: number, width: number, height: number, classes: string): string {
  const size = `width="${round(Math.max(0, width))}" height="${height}"`
  return `<rect x="${round(x)}" y="${round(y)}" ${size} rx="2" class="${classes}"/>`
}

export function upright(x: number, y: number, height: number, classes: string): string {
  return `<line x1="${round(x)}" y1="${round(y)}" x2="${round(x)}" y2="${round(y + height)}" class="${classes}"/>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
