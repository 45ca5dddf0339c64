import { useEffect, useState } from 'preact/hooks'
import { asRefusal, post } from '../../lib/api.js'
import { Editor, type LineProblem } from '../../parts/editor.js'

interface Checked {
  readonly syntax: 'commands' | 'yaml' | null
  readonly count: number
  readonly problem: {
    readonly line: number | null
    readonly code: string
    readonly message: string
  } | null
}

export interface ContentUse {
  readonly kind: 'template' | 'component'
  readonly purpose: 'Build' | 'Test'
  readonly systemType: 'Linux' | 'Windows'
}

/** How long after the last key the text is read, in milliseconds. */
const pauseMs = 150

interface ContentFieldProps {
  readonly label: string
  readonly text: string
  readonly use: ContentUse
  readonly onInput: (text: string) => void
}

/** Content in either syntax, read as one types as the service will read it. */
export function ContentField({ label, text, use, onInput }: ContentFieldProps) {
  const [checked, setChecked] = useState<Checked | null>(null)
  const key = JSON.stringify([text, use])
  useEffect(() => {
    let stale = false
    const read = async (): Promise<void> => {
      try {
        const found = await post<Checked>('/content/check', { text, ...use })
        if (!stale) setChecked(found)
      } catch (error) {
        const { code, message } = asRefusal(error)
        if (!stale) setChecked({ syntax: null, count: 0, problem: { line: null, code, message } })
      }
    }
    const timer = setTimeout(() => void read(), pauseMs)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [key])
  const problem = checked?.problem ?? null
  const problems: readonly LineProblem[] =
    problem === null ? [] : [{ ...problem, message: problem.message.replace(/^line \d+: /, '') }]
  return (
    <div class="field">
      <span class="label">
        <code>{label}</code> <span class="faint">{wordsOf(text, checked)}</span>
      </span>
      <Editor label={label} text={text} onInput={onInput} problems={problems} rows={9} />
    </div>
  )
}

function wordsOf(text: string, checked: Checked | null): string {
  if (text.trim() === '') return 'RUN, COPY, ENV … line by line, or a YAML document with Tasks'
  const bytes = `${new TextEncoder().encode(text).length} of 16 384 bytes`
  if (checked === null || checked.syntax === null) return bytes
  return checked.syntax === 'yaml'
    ? `YAML, ${checked.count} ${checked.count === 1 ? 'task' : 'tasks'}, ${bytes}`
    : `${checked.count} of 127 commands, ${bytes}`
}
