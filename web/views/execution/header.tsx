import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { asRefusal, getText, post, type Refusal } from '../../lib/api.js'
import { useKeys } from '../../lib/keys.js'
import { linkTo, setQuery } from '../../lib/route.js'
import { took } from '../../lib/time.js'
import { cancelRefusal, isImageBuilder } from '../../model/ecs.js'
import { model } from '../../model/model.js'
import { useCommands } from '../../shell/commands.js'
import { Button, CodeBox } from '../../parts/controls.js'
import { Dialog } from '../../parts/dialog.js'
import { StatusMark } from '../../parts/icon.js'
import { Refused } from '../../parts/refused.js'
import { toast } from '../../parts/toast.js'
import { ForkDialog } from './fork.js'
import { useSeen } from './seen.js'

type Open = 'cancel' | 'fork' | 'more' | null

/** What it is, and what can be done with it. */
export function Header({ still }: { readonly still: boolean }) {
  const { document, moment } = useSeen()
  const { data } = document
  const row = data?.execution
  const began = row?.startedAt ?? moment.at
  return (
    <header class="execution-head">
      <div class="grow">
        <nav class="crumbs small" aria-label="Where this is">
          {still ? <span>Bakeline</span> : <a href="#/executions">Executions</a>}
          <span aria-hidden="true">›</span>
          {row !== undefined && <Of id={row.key} machine={row.machine} still={still} />}
        </nav>
        <div class="row head-line">
          <h1 class="mono">{document.id}</h1>
          {moment.status !== '' && <StatusMark status={moment.status} chip />}
          <span class="head-facts faint">
            {took(moment.at - began)},{' '}
            {moment.live ? `${document.history.records.length} steps` : `step ${moment.seq}`}
          </span>
          <span class="head-facts faint mono">{row?.machine}</span>
        </div>
      </div>
      {!moment.live && <BackToNow />}
      {!still && row !== undefined && <Actions />}
    </header>
  )
}

interface OfProps {
  readonly id: string | null
  readonly machine: string
  readonly still: boolean
}

function Of({ id, machine, still }: OfProps) {
  if (id === null) return <span class="mono">{machine}</span>
  const name = model.nameOf({ key: id, machine })
  return (
    <span>
      {name} {name !== id && <code class="faint">{id}</code>}
      {still && <span class="faint"> exported</span>}
    </span>
  )
}

function BackToNow() {
  const { document, moment, now, go } = useSeen()
  const ended = document.data?.execution.endedAt ?? null
  return (
    <div class="back-plate">
      <span>
        You are looking at step {moment.seq} of {document.history.records.length},{' '}
        {took((ended ?? now) - moment.at)} {ended === null ? 'ago' : 'before its end'}
      </span>
      <Button kind="main" keys="Esc" onPress={() => go(null)}>
        Back to now
      </Button>
    </div>
  )
}

function Actions() {
  const { document, moment } = useSeen()
  const [open, setOpen] = useState<Open>(null)
  const row = document.data?.execution
  const ended = row?.outcome !== null
  const refusal = cancelRefusal(row?.machine ?? '', row?.status ?? '', ended)
  const forkOff = moment.live ? null : 'A fork begins at now: go back to now first'
  const close = (): void => setOpen(null)
  const cancel = (): void => {
    if (refusal === null) setOpen('cancel')
    else toast(refusal)
  }
  const records = isImageBuilder(row?.machine ?? '')
  const save = (): void => void saveScenario(document.id)
  useKeys([
    ...(records ? [{ keys: 's', does: 'Save as scenario', run: save }] : []),
    { keys: 'c', does: 'Cancel the execution (asks)', run: cancel },
    { keys: 'f', does: 'Fork into virtual time', run: () => setOpen('fork') },
  ])
  useCommands([
    { title: 'Cancel this execution', icon: 'cancel', keys: 'c', run: cancel },
    { title: 'Fork into virtual time', icon: 'fork', keys: 'f', run: () => setOpen('fork') },
    {
      title: 'Copy the command that shows this execution',
      icon: 'copy',
      run: () => setOpen('more'),
    },
  ])
  return (
    <div class="row head-actions">
      <span class="row wide-only">
        <Button icon="cancel" off={refusal} onPress={cancel}>
          Cancel
        </Button>
        <Button icon="fork" off={forkOff} onPress={() => setOpen('fork')}>
          Fork into virtual time
        </Button>
        {records && (
          <Button icon="save" onPress={save}>
            Save as scenario
          </Button>
        )}
      </span>
      <Button icon="more" label="More" onPress={() => setOpen('more')} />
      {open === 'cancel' && <CancelDialog id={document.id} onClose={close} />}
      {open === 'fork' && <ForkDialog id={document.id} onClose={close} />}
      {open === 'more' && (
        <MoreDialog id={document.id} onClose={close}>
          <Button icon="cancel" off={refusal} onPress={cancel}>
            Cancel
          </Button>
          <Button icon="fork" off={forkOff} onPress={() => setOpen('fork')}>
            Fork into virtual time
          </Button>
          {records && (
            <Button icon="save" onPress={save}>
              Save as scenario
            </Button>
          )}
        </MoreDialog>
      )}
    </div>
  )
}

/** Saves what happened as a file that `bakeline replay` plays again. */
async function saveScenario(id: string): Promise<void> {
  try {
    const text = await getText(`/executions/${encodeURIComponent(id)}/scenario`)
    const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
    const link = window.document.createElement('a')
    Object.assign(link, { href: url, download: `${id}.yaml` })
    link.click()
    URL.revokeObjectURL(url)
    toast(`Saved ${id}.yaml: bakeline replay ${id}.yaml plays it again`)
  } catch (error) {
    const { code, message } = asRefusal(error)
    toast(`${code}: ${message}`)
  }
}

interface CancelDialogProps {
  readonly id: string
  readonly onClose: () => void
}

function CancelDialog({ id, onClose }: CancelDialogProps) {
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

interface MoreDialogProps extends CancelDialogProps {
  /** What stands in the header where there is room for it. */
  readonly children: ComponentChildren
}

function MoreDialog({ id, onClose, children }: MoreDialogProps) {
  return (
    <Dialog title="More about this execution" onClose={onClose}>
      <div class="body">
        <div class="row narrow-only">{children}</div>
        <h2>On the command line</h2>
        <CodeBox label="what shows its history" text={`bakeline history ${id} --db FILE`} />
        <CodeBox
          label="what makes one file of this view"
          text={`bakeline export ${id} --db FILE`}
        />
        <CodeBox
          label="what its caller asks"
          text={`aliyun ecs DescribeImagePipelineExecutions \\\n  --endpoint ${location.host} --protocol http --ExecutionId ${id}`}
        />
        <p>
          <a
            class="link"
            href={`/_bakeline/executions/${encodeURIComponent(id)}/steps`}
            download={`${id}.json`}
          >
            Download its history as JSON
          </a>
        </p>
        <div class="ends">
          <a class="button" href={linkTo('executions')}>
            All executions
          </a>
          <Button onPress={onClose}>Close</Button>
        </div>
      </div>
    </Dialog>
  )
}
