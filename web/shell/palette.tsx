import { useEffect, useRef, useState } from 'preact/hooks'
import { goTo, linkTo } from '../lib/route.js'
import { model } from '../model/model.js'
import { isStatus } from '../model/status.js'
import { Dialog } from '../parts/dialog.js'
import { Icon } from '../parts/icon.js'
import { allCommands, type Command, matching } from './commands.js'

/** The most that is worth reading. */
const most = 40

function executionsFor(text: string): Command[] {
  if (text.trim() === '') return []
  const found: Command[] = []
  for (const id of model.order) {
    const row = model.rows.get(id)
    if (row === undefined) continue
    const name = model.nameOf(row)
    const command = {
      title: id,
      hint: `${name} ${row.status}`,
      icon: isStatus(row.status) ? row.status : 'running',
      run: () => goTo(linkTo('executions', id)),
    }
    if (matching([command], text).length > 0) found.push(command)
    if (found.length >= most) break
  }
  return found
}

/** What a text finds: things to do, then executions. */
function lookUp(text: string): Command[] {
  return [...matching(allCommands(), text), ...executionsFor(text)].slice(0, most)
}

/** Finds or does anything. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const found = lookUp(text)
  const chosen = Math.min(at, found.length - 1)
  useEffect(() => input.current?.focus(), [])
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const run = (command: Command | undefined): void => {
    if (command === undefined) return
    onClose()
    command.run()
  }
  const pressed = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined) {
      event.preventDefault()
      setAt((chosen + by + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      // Who types fast presses Enter before what was typed is drawn.
      const typed = input.current?.value ?? text
      run(typed === text ? found[chosen] : lookUp(typed)[0])
    }
  }
  return (
    <Dialog title="Find or do anything" look="palette" onClose={onClose}>
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label="Find or do anything"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={chosen < 0 ? undefined : `palette-${chosen}`}
        placeholder="Find or do anything"
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={pressed}
      />
      <ul id="palette-list" role="listbox" aria-label="What was found" ref={list}>
        {found.map((command, index) => (
          <li
            key={`${command.title}${index}`}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            onMouseMove={() => setAt(index)}
            onClick={() => run(command)}
          >
            <Icon name={command.icon ?? 'open'} />
            <span>{command.title}</span>
            <span class="grow faint small cut">{command.hint}</span>
            {command.keys !== undefined && <kbd>{command.keys}</kbd>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="body faint">Nothing matches.</p>}
    </Dialog>
  )
}
