import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { Button, copyText } from '../../parts/controls.js'

interface TabsProps {
  readonly label: string
  readonly names: readonly string[]
  readonly value: string
  readonly onPick: (name: string) => void
  readonly text: string | null
  readonly beside?: ComponentChildren
  readonly children: ComponentChildren
}

/** Tabs over text, with the button that copies it. */
export function Tabs({ label, names, value, onPick, text, beside, children }: TabsProps) {
  const list = useRef<HTMLDivElement>(null)
  const [copied, setCopied] = useState<string | null>(null)
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const index = (names.indexOf(value) + by + names.length) % names.length
    onPick(names[index] ?? value)
    list.current?.querySelectorAll('button')[index]?.focus()
  }
  const id = `tabs-${label.replaceAll(' ', '-')}`
  return (
    <>
      <div class="api-tabs ruled">
        <div role="tablist" aria-label={label} ref={list} onKeyDown={move} data-keeps-arrows>
          {names.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              aria-selected={name === value}
              aria-controls={id}
              tabIndex={name === value ? 0 : -1}
              onClick={() => onPick(name)}
            >
              {name}
            </button>
          ))}
        </div>
        <span class="grow" />
        <span class="small soft api-beside">{beside}</span>
        {text !== null && (
          <Button
            icon={copied === text ? 'done' : 'copy'}
            kind="plain"
            label={`Copy ${value}`}
            onPress={() => {
              void copyText(text)
              setCopied(text)
            }}
          />
        )}
      </div>
      <div role="tabpanel" id={id} aria-label={value} tabIndex={0} class="api-panel">
        {children}
      </div>
    </>
  )
}
