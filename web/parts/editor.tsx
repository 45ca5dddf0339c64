import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import './editor.css'

/** Something that is wrong with a line of a text. */
export interface LineProblem {
  /** From 1; null: it is about the text as a whole. */
  readonly line: number | null
  readonly column?: number
  readonly message: string
  readonly code?: string
}

interface EditorProps {
  readonly label: string
  readonly text: string
  readonly onInput: (text: string) => void
  readonly problems: readonly LineProblem[]
  /** Lines that something was found out about: a tick or a cross. */
  readonly marks?: ReadonlyMap<number, boolean>
  /** The line to bring into sight when it changes. */
  readonly show?: number | null
  readonly rows?: number
  /** What may stand at the cursor, offered after Ctrl Space. */
  readonly complete?: (before: string) => readonly string[]
}

/** The height of a line, in pixels: the gutter has the same. */
const lineHeight = 17

/** Text with numbered lines, in which Tab leads on and a wrong line says so. */
export function Editor(props: EditorProps) {
  const { label, text, onInput, problems, marks, show = null, rows, complete } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLDivElement>(null)
  const [offered, setOffered] = useState<readonly string[]>([])
  const lines = text.split('\n').length
  const scrolled = (): void => {
    if (gutter.current && area.current) gutter.current.scrollTop = area.current.scrollTop
  }
  useEffect(() => {
    if (show !== null && area.current) {
      area.current.scrollTop = Math.max(0, (show - 4) * lineHeight)
      scrolled()
    }
  }, [show])
  const offer = (): void => {
    const at = area.current?.selectionStart ?? 0
    setOffered(complete?.(text.slice(0, at)) ?? [])
  }
  const take = (word: string): void => {
    const box = area.current
    if (box === null) return
    const before = text.slice(0, box.selectionStart).replace(/[\w.-]*$/, '')
    onInput(`${before}${word}${text.slice(box.selectionStart)}`)
    setOffered([])
    box.focus()
    requestAnimationFrame(() => {
      box.selectionEnd = before.length + word.length
      box.selectionStart = box.selectionEnd
    })
  }
  return (
    <div class="editor-box">
      <div
        class="editor"
        style={rows === undefined ? {} : { flex: 'none', height: `${rows * lineHeight + 14}px` }}
      >
        <Gutter box={gutter} lines={lines} problems={problems} marks={marks} />
        <textarea
          ref={area}
          class="editor-text"
          aria-label={label}
          aria-invalid={problems.length > 0 ? true : undefined}
          spellcheck={false}
          autocapitalize="off"
          wrap="off"
          value={text}
          onInput={(event) => {
            setOffered([])
            onInput(event.currentTarget.value)
          }}
          onScroll={scrolled}
          onKeyDown={(event) => {
            if (event.key === ' ' && event.ctrlKey && complete !== undefined) {
              event.preventDefault()
              offer()
            }
            if (event.key === 'Escape' && offered.length > 0) {
              event.stopPropagation()
              setOffered([])
            }
          }}
        />
      </div>
      <Words offered={offered} area={area} onTake={take} onClose={() => setOffered([])} />
      <Problems problems={problems} />
    </div>
  )
}

interface GutterProps {
  readonly box: RefObject<HTMLDivElement | null>
  readonly lines: number
  readonly problems: readonly LineProblem[]
  readonly marks: ReadonlyMap<number, boolean> | undefined
}

function Gutter({ box, lines, problems, marks }: GutterProps) {
  const wrong = new Map(problems.map((each) => [each.line ?? 1, each]))
  return (
    <div class="editor-gutter" aria-hidden="true" ref={box}>
      {Array.from({ length: lines }, (_, index) => {
        const n = index + 1
        const problem = wrong.get(n)
        const mark = marks?.get(n)
        const kind = problem !== undefined || mark === false ? 'wrong' : mark ? 'right' : ''
        return (
          <div key={n} class={kind} title={problem?.message}>
            {n}
          </div>
        )
      })}
    </div>
  )
}

interface WordsProps {
  readonly offered: readonly string[]
  readonly area: RefObject<HTMLTextAreaElement | null>
  readonly onTake: (word: string) => void
  readonly onClose: () => void
}

function Words({ offered, area, onTake, onClose }: WordsProps) {
  if (offered.length === 0) return null
  return (
    <div class="editor-words" role="group" aria-label="What may stand here">
      {offered.slice(0, 24).map((word, index) => (
        <button
          key={word}
          type="button"
          class="mono"
          ref={(button) => {
            if (index === 0 && document.activeElement === area.current) button?.focus()
          }}
          onClick={() => onTake(word)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            onClose()
            area.current?.focus()
          }}
        >
          {word}
        </button>
      ))}
    </div>
  )
}

function Problems({ problems }: { readonly problems: readonly LineProblem[] }) {
  return (
    <div role="status">
      <ul class="editor-problems">
        {problems.map(({ line, column, code, message }) => (
          <li key={`${line} ${message}`}>
            {line !== null && (
              <b class="mono">
                line {line}
                {column === undefined ? '' : `:${column}`}{' '}
              </b>
            )}
            {code !== undefined && <code>{code}</code>} {message}
          </li>
        ))}
      </ul>
    </div>
  )
}
