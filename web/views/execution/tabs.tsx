export type Tab = 'chart' | 'time' | 'history' | 'images'

const names: readonly (readonly [Tab, string])[] = [
  ['chart', 'Chart'],
  ['time', 'Time'],
  ['history', 'History'],
  ['images', 'Images'],
]

interface TabsProps {
  readonly tab: Tab
  /** Whether there are images at all: other machines make none. */
  readonly images: boolean
  readonly onTab: (tab: Tab) => void
}

export function Tabs({ tab, images, onTab }: TabsProps) {
  const shown = names.filter(([each]) => each !== 'images' || images)
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const at = shown.findIndex(([each]) => each === tab)
    const next = shown[(at + by + shown.length) % shown.length]
    if (next !== undefined) onTab(next[0])
  }
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label="Parts of the execution"
      data-keeps-arrows
      onKeyDown={move}
    >
      {shown.map(([each, name]) => (
        <button
          key={each}
          id={`tab-${each}`}
          type="button"
          role="tab"
          aria-selected={each === tab}
          tabIndex={each === tab ? 0 : -1}
          onClick={() => onTab(each)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
