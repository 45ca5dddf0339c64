import type { ComponentChildren } from 'preact'
import { useKeys } from '../../lib/keys.js'
import { Icon } from '../../parts/icon.js'

interface FaultFormProps {
  readonly label: string
  /** Why it cannot be set; null when it can. */
  readonly problem: string | null
  readonly onSet: () => void
  readonly children: ComponentChildren
  /** What stands beside the button. */
  readonly beside?: ComponentChildren
}

/** A fault that is to be set: its fields, and the button that says why it cannot be. */
export function FaultForm({ label, problem, onSet, children, beside }: FaultFormProps) {
  const set = (): void => {
    if (problem === null) onSet()
  }
  useKeys([{ keys: 'Ctrl Enter', does: 'Set the fault', run: set }])
  return (
    <form
      class="fault-form"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault()
        set()
      }}
    >
      {children}
      <div class="row">
        <button
          type="submit"
          class="button main"
          aria-disabled={problem === null ? undefined : 'true'}
          title={problem ?? 'Ctrl Enter'}
        >
          <Icon name="bolt" />
          Set fault
        </button>
        {beside}
      </div>
      {problem !== null && <p class="small fault-problem">{problem}</p>}
    </form>
  )
}
