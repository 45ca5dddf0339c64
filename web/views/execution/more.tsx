import type { ComponentChildren } from 'preact'
import { linkTo } from '../../lib/route.js'
import { Button, CodeBox } from '../../parts/controls.js'
import { Dialog } from '../../parts/dialog.js'

interface MoreDialogProps {
  readonly id: string
  /** The step that is shown; null: now. */
  readonly step: number | null
  /** Whether it is an execution of the service, of which a scenario can be made. */
  readonly records: boolean
  readonly onClose: () => void
  /** What stands in the header where there is room for it. */
  readonly children: ComponentChildren
}

/**
 * Makes a scenario of it, and plays that.
 *
 * @param step up to where; null: up to now
 */
export function repeatCommand(id: string, step: number | null): string {
  const [file, upTo] = step === null ? [id, ''] : [`${id}-step-${step}`, ` --at ${step}`]
  return (
    `bakeline record ${id}${upTo} \\\n  --from ${location.origin} --out ${file}.yaml && \\\n` +
    `  bakeline replay ${file}.yaml`
  )
}

function Command({ does, text }: { readonly does: string; readonly text: string }) {
  return (
    <div class="more-command">
      <h3 class="small soft">{does}</h3>
      <CodeBox label={does} text={text} />
    </div>
  )
}

/** What is seldom wanted. */
export function MoreDialog({ id, step, records, onClose, children }: MoreDialogProps) {
  return (
    <Dialog title="More about this execution" onClose={onClose}>
      <div class="body">
        <div class="row narrow-only">{children}</div>
        <h2>On the command line</h2>
        {records && (
          <Command
            does={step === null ? 'Repeats it' : `Repeats it up to step ${step}`}
            text={repeatCommand(id, step)}
          />
        )}
        <Command does="Shows its history" text={`bakeline history ${id} --db FILE`} />
        <Command
          does="Makes one file of this view, to pass on"
          text={`bakeline export ${id} --from ${location.origin}`}
        />
        {records && (
          <Command
            does="Asks for it as its caller does"
            text={`aliyun ecs DescribeImagePipelineExecutions \\\n  --endpoint ${location.host} --protocol http \\\n  --ExecutionId ${id}`}
          />
        )}
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
