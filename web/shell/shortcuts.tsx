import { useState } from 'preact/hooks'
import { allShortcuts, lettersAreOn, setLetters } from '../lib/keys.js'
import { Button } from '../parts/controls.js'
import { Dialog } from '../parts/dialog.js'

const shown: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
}

/** `Shift ←` */
function keysText(keys: string): string {
  return keys
    .split(' ')
    .map((key) => shown[key] ?? key)
    .join(' ')
}

export function Shortcuts({ onClose }: { readonly onClose: () => void }) {
  const [on, setOn] = useState(lettersAreOn)
  const toggle = (): void => {
    setLetters(!on)
    setOn(!on)
  }
  return (
    <Dialog title="All shortcuts" onClose={onClose}>
      <div class="body">
        <h2>All shortcuts</h2>
        <div class="keys">
          {allShortcuts().map(({ keys, does }) => (
            <div key={keys}>
              <span>{does}</span>
              <kbd>{keysText(keys)}</kbd>
            </div>
          ))}
        </div>
        <label class="row">
          <input type="checkbox" checked={on} onChange={toggle} />
          Single letters do something
        </label>
        <div class="ends">
          <Button onPress={onClose}>Close</Button>
        </div>
      </div>
    </Dialog>
  )
}
