import { useState } from 'preact/hooks'
import { asRefusal, post, type Refusal } from '../../lib/api.js'
import { setQuery } from '../../lib/route.js'
import { Button } from '../../parts/controls.js'
import { Dialog } from '../../parts/dialog.js'
import { Refused } from '../../parts/refused.js'

interface CancelDialogProps {
  readonly id: string
  readonly onClose: () => void
}

/** Asks before it cancels. */
export function CancelDialog({ id, onClose }: CancelDialogProps) {
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const cancel = async (): Promise<void> => {
    try {
      await post(`/executions/${encodeURIComponent(id)}/cancel`)
      setQuery({ step: null })
      onClose()
    } catch (error) {
      setRefusal(asRefusal(error))
    }
  }
  return (
    <Dialog title="Cancel the execution" onClose={onClose}>
      <div class="body">
        <h2>Cancel {id}?</h2>
        <p class="soft">
          Its tasks stop, its temporary resources are released. An image that is being made is gone.
        </p>
        {refusal !== null && <Refused refusal={refusal} says="Refused, it goes on" />}
        <div class="ends">
          <Button onPress={onClose}>Let it go on</Button>
          <Button kind="main" onPress={() => void cancel()}>
            Cancel it
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
