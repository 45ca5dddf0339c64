import { useState } from 'preact/hooks'
import { asRefusal, post } from '../../lib/api.js'
import { Button } from '../../parts/controls.js'
import { toast } from '../../parts/toast.js'

/** Lets the process die at once; what it left is opened anew, and the page goes on. */
export function CrashButton() {
  const [dying, setDying] = useState(false)
  const crash = async (): Promise<void> => {
    setDying(true)
    try {
      await post('/crash', {})
      toast('The process died, and another has opened what it left.')
    } catch (error) {
      toast(asRefusal(error).message)
    }
    setDying(false)
  }
  return (
    <Button icon="bolt" off={dying ? 'It is being opened anew' : null} onPress={() => void crash()}>
      Crash now
    </Button>
  )
}
