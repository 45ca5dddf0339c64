import type { ComponentChildren } from 'preact'
import { linkTo } from '../../lib/route.js'
import { Button, CodeBox } from '../../parts/controls.js'
import { Dialog } from '../../parts/dialog.js'

interface MoreDialogProps {
  readonly id: string
  readonly onClose: () => void
  /** What stands in the header where there is room for it. */
  readonly children: ComponentChildren
}

/** What is seldom wanted. */
export function MoreDialog({ id, onClose, children }: MoreDialogProps) {
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
