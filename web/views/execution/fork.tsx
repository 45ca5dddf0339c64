import { useState } from 'preact/hooks'
import { asRefusal, post, type Refusal } from '../../lib/api.js'
import { clock } from '../../model/clock.js'
import { Button, CodeBox } from '../../parts/controls.js'
import { Dialog } from '../../parts/dialog.js'
import { Refused } from '../../parts/refused.js'

interface ForkDialogProps {
  readonly id: string
  readonly onClose: () => void
}

/** Puts a copy of everything aside whose clock stands still, and plays it here if that is wished. */
export function ForkDialog({ id, onClose }: ForkDialogProps) {
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
      await post('/snapshots/fork', { name })
      setMade(true)
    })
  const play = (): Promise<void> =>
    attempt(async () => {
      // What runs now is put aside too: nothing is lost by looking at the fork.
      await post('/snapshots', { name: `before-${name}` })
      await post(`/snapshots/${encodeURIComponent(name)}/load`)
      await clock.read()
      onClose()
    })
  return (
    <Dialog title="Fork into virtual time" onClose={onClose}>
      <div class="body">
        <h2>Fork into virtual time</h2>
        <p class="soft">
          A copy of everything, as it is now, whose clock stands still until you move it. What runs
          here goes on untouched.
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
