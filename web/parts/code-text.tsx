const token =
  /(?<comment>(?:\/\/|(?<=^|\s)#).*$)|(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<word>\b(?:import|from|const|new|await|package|func|if|err|nil|class|public|static|void|throws|print|resource|provider|true|false|True|False|null)\b)|(?<number>\b\d+(?:\.\d+)?\b)/gm

/** Code with its texts, words and numbers in colour; one line may be warm. */
export function CodeText({ code, warm }: { readonly code: string; readonly warm?: string }) {
  const lines = code.trimEnd().split('\n')
  return (
    <>
      {lines.map((line, index) => (
        <>
          {warm !== undefined && line.includes(warm) ? (
            <b class="code-warm">{line}</b>
          ) : (
            coloured(line)
          )}
          {index < lines.length - 1 ? '\n' : ''}
        </>
      ))}
    </>
  )
}

function coloured(line: string) {
  const parts = []
  let at = 0
  for (const match of line.matchAll(token)) {
    const [kind = ''] = Object.entries(match.groups ?? {}).find(([, found]) => found) ?? []
    parts.push(line.slice(at, match.index), <span class={`code-${kind}`}>{match[0]}</span>)
    at = match.index + match[0].length
  }
  return [...parts, line.slice(at)]
}

const jsonToken =
  /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<text>"(?:[^"\\]|\\.)*")|(?<number>-?\b\d+(?:\.\d+)?\b)|(?<word>\b(?:true|false|null)\b)/g

/** JSON with its names, texts and numbers in colour. */
export function JsonText({ value }: { readonly value: unknown }) {
  const text = JSON.stringify(value, null, 2)
  const parts = []
  let at = 0
  for (const match of text.matchAll(jsonToken)) {
    const [kind = ''] = Object.entries(match.groups ?? {}).find(([, found]) => found) ?? []
    const wrong = text.slice(0, match.index).endsWith('"Code": ')
    const name = wrong ? 'code-wrong' : `code-${kind}`
    parts.push(text.slice(at, match.index), <span class={name}>{match[0]}</span>)
    at = match.index + match[0].length
  }
  return <>{[...parts, text.slice(at)]}</>
}
