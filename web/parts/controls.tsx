import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { Icon } from './icon.js'

interface ButtonProps {
  readonly children?: ComponentChildren
  readonly icon?: string
  readonly kind?: 'main' | 'plain' | 'warm'
  /** Why it does nothing now: it stays reachable and says so. */
  readonly off?: string | null
  /** Its name where it shows an icon only. */
  readonly label?: string
  readonly title?: string
  readonly keys?: string
  readonly pressed?: boolean
  readonly onPress: () => void
}

export function Button(props: ButtonProps) {
  const { children, icon, kind, off = null, label, title, keys, pressed, onPress } = props
  const square = children === undefined
  return (
    <button
      type="button"
      class={['button', kind ?? '', square ? 'square' : ''].join(' ')}
      aria-disabled={off === null ? undefined : 'true'}
      aria-label={label}
      aria-pressed={pressed}
      title={off ?? title ?? label}
      onClick={() => off === null && onPress()}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
      {keys !== undefined && <kbd aria-hidden="true">{keys}</kbd>}
    </button>
  )
}

interface SegmentedProps<T extends string> {
  readonly label: string
  readonly value: T | null
  readonly options: readonly (readonly [value: T, text: string, off?: string | null])[]
  readonly onPick: (value: T) => void
}

/** One of a few; arrows move, as in any group of radio buttons. */
export function Segmented<T extends string>({ label, value, options, onPick }: SegmentedProps<T>) {
  const box = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const at = options.findIndex(([each]) => each === value)
    const index = (at + by + options.length) % options.length
    const next = options[index]
    if (next === undefined || (next[2] ?? null) !== null) return
    onPick(next[0])
    box.current?.querySelectorAll('button')[index]?.focus()
  }
  return (
    <div class="segmented" role="radiogroup" aria-label={label} ref={box} onKeyDown={move}>
      {options.map(([each, text, off = null], index) => (
        <button
          key={each}
          type="button"
          role="radio"
          aria-checked={each === value}
          aria-disabled={off === null ? undefined : 'true'}
          title={off ?? undefined}
          tabIndex={each === value || (value === null && index === 0) ? 0 : -1}
          onClick={() => off === null && onPick(each)}
        >
          {text}
        </button>
      ))}
    </div>
  )
}

/** Text to copy, with the button that does it. */
export function CodeBox({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false)
  const copy = (): void => {
    void copyText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 1_500)
  }
  return (
    <div class="code-box">
      {/* It may be longer than its place: the keyboard scrolls it. */}
      <pre class="code" tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <Button icon={copied ? 'done' : 'copy'} kind="plain" label={`Copy ${label}`} onPress={copy} />
    </div>
  )
}

/** Puts text where Paste takes it from. */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard?.writeText(text)
}
