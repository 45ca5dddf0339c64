import { useState } from 'preact/hooks'
import { useKeys } from '../../lib/keys.js'
import { cancelRefusal, isImageBuilder } from '../../model/ecs.js'
import { Button, copyText } from '../../parts/controls.js'
import { toast } from '../../parts/toast.js'
import { useCommands } from '../../shell/commands.js'
import { CancelDialog } from './cancel.js'
import { ForkDialog } from './fork.js'
import { MoreDialog, repeatCommand } from './more.js'
import { saveScenario } from './save.js'
import { useSeen } from '../../chart/seen.js'

type Open = 'cancel' | 'fork' | 'more' | null

/** What can be done with the execution, by buttons, keys and the palette alike. */
export function Actions() {
  const { document, moment } = useSeen()
  const [open, setOpen] = useState<Open>(null)
  const row = document.data?.execution
  const ended = row?.outcome !== null
  const refusal = cancelRefusal(row?.machine ?? '', row?.status ?? '', ended)
  const records = isImageBuilder(row?.machine ?? '')
  const step = moment.live ? null : moment.seq
  const forkText = step === null ? 'Fork into virtual time' : 'Fork from here'
  const forkOff =
    step === null || records ? null : 'Of this machine a fork begins at now: go back to now first'
  const close = (): void => setOpen(null)
  const cancel = (): void => {
    if (refusal === null) setOpen('cancel')
    else toast(refusal)
  }
  const fork = (): void => {
    if (forkOff === null) setOpen('fork')
    else toast(forkOff)
  }
  const saveText = step === null ? 'Save as scenario' : 'Save up to here'
  const save = (): void => void saveScenario(document.id, step)
  const repeat = (): void => {
    void copyText(repeatCommand(document.id, step))
    toast('Copied: it makes a scenario of what happened, and plays it again.')
  }
  useKeys([
    ...(records ? [{ keys: 's', does: 'Save as scenario, up to the shown step', run: save }] : []),
    { keys: 'c', does: 'Cancel the execution (asks)', run: cancel },
    { keys: 'f', does: 'Fork from the shown step', run: fork },
  ])
  useCommands([
    { title: 'Cancel this execution', icon: 'cancel', keys: 'c', run: cancel },
    { title: forkText, icon: 'fork', keys: 'f', run: fork },
    ...(records ? [{ title: saveText, icon: 'save', keys: 's', run: save }] : []),
    { title: 'Commands for this execution', icon: 'more', run: () => setOpen('more') },
    ...(records ? [{ title: 'Copy the command that repeats it', icon: 'copy', run: repeat }] : []),
  ])
  // In the header where there is room, else behind its last button.
  const buttons = (
    <>
      <Button icon="cancel" off={refusal} onPress={cancel}>
        Cancel
      </Button>
      <Button
        icon="fork"
        off={forkOff}
        title={step === null ? 'As it is now' : `A copy that begins after step ${step}`}
        onPress={fork}
      >
        {forkText}
      </Button>
      {records && (
        <Button
          icon="save"
          title={step === null ? 'Up to now' : `A scenario that goes up to step ${step}`}
          onPress={save}
        >
          {saveText}
        </Button>
      )}
    </>
  )
  return (
    <div class="row head-actions">
      <span class="row wide-only">{buttons}</span>
      <Button icon="more" label="More" onPress={() => setOpen('more')} />
      {open === 'cancel' && <CancelDialog id={document.id} onClose={close} />}
      {open === 'fork' && <ForkDialog id={document.id} step={step} onClose={close} />}
      {open === 'more' && (
        <MoreDialog id={document.id} step={step} records={records} onClose={close}>
          {buttons}
        </MoreDialog>
      )}
    </div>
  )
}
