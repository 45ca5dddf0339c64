import { useState } from 'preact/hooks'
import { asRefusal, post, type Refusal } from '../../lib/api.js'
import { setQuery } from '../../lib/route.js'
import { clock } from '../../model/clock.js'
import { Button, CodeBox } from '../../parts/controls.js'
import { Dialog } from '../../parts/dialog.js'
import { Refused } from '../../parts/refused.js'

interface ForkDialogProps {
  readonly id: string
  /** Where it begins, when not now. */
  readonly step: number | null
  readonly onClose: () => void
}

/**
 * Puts a copy of everything aside whose clock stands still, or of what had happened up to a step, and
 * plays it here if that is wished.
 */
export function ForkDialog({ id, step, onClose }: ForkDialogProps) {
  const [name, setName] = useState(
    () => `fork-${id.slice(-6)}-${Date.now().toString(36).slice(-4)}`,
  )
  const [made, setMade] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      setRefusal(null)
      await work()
    } catch (error) {
      setRefusal(asRefusal(error))
    }
  }
  const fork = (): Promise<void> =>
    attempt(async () => {
      await post('/snapshots/fork', step === null ? { name } : { name, execution: id, step })
      setMade(true)
    })
  const play = (): Promise<void> =>
    attempt(async () => {
      // What runs now is put aside too: nothing is lost by looking at the fork.
      await post('/snapshots', { name: `before-${name}` })
      await post(`/snapshots/${encodeURIComponent(name)}/load`)
      await clock.read()
      setQuery({ step: null })
      onClose()
    })
  const title = step === null ? 'Fork into virtual time' : `Fork from step ${step}`
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="body">
        <h2>{title}</h2>
        <p class="soft">
          {step === null
            ? 'A copy of everything, as it is now, whose clock stands still until you move it.'
            : 'A state of its own in which this execution has just taken that step, and whose clock stands still until you move it. Of the rest there are the templates.'}{' '}
          What runs here goes on untouched.
        </p>
        <label class="field">
          <span class="label">Name of the copy</span>
          <input
            class="input mono"
            value={name}
            disabled={made}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        {refusal !== null && <Refused refusal={refusal} says="Refused" />}
        {made && (
          <>
            <p>
              “{name}” is put aside. Play it here in place of what runs, which is put aside as
              “before-
              {name}”; or open its file elsewhere:
            </p>
            <CodeBox
              label="the command"
              text={`bakeline serve --db FILE.snapshots/${name}.db --port 0`}
            />
          </>
        )}
        <div class="ends">
          <Button onPress={onClose}>Close</Button>
          {made ? (
            <Button kind="main" icon="play" onPress={() => void play()}>
              Play it here
            </Button>
          ) : (
            <Button kind="main" icon="fork" onPress={() => void fork()}>
              Fork
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}
