import type { ComponentChildren } from 'preact'
import { Button, Segmented } from '../controls.js'
import { OpenOwn } from './open-own.js'
import type { TextFile } from './use-file.js'

interface BenchHeadProps<S extends string> {
  readonly kind: 'scenarios' | 'fleets'
  readonly path: string
  readonly file: TextFile
  readonly show: S
  readonly shows: readonly (readonly [show: S, name: string])[]
  readonly onShow: (show: S) => void
  /** What can be done with it. */
  readonly children: ComponentChildren
}

/** The head of a view of files: which it is, what is shown of it, and what can be done with it. */
export function BenchHead<S extends string>(props: BenchHeadProps<S>) {
  const { kind, path, file, show, shows, onShow, children } = props
  return (
    <div class="view-head">
      <h1 class="grow cut">{path}</h1>
      {file.changed && file.refusal === null && (
        <Button title="As the file ships" kind="plain" onPress={file.restore}>
          Take back
        </Button>
      )}
      <OpenOwn kind={kind} />
      <Segmented<S> label="What is shown" value={show} options={shows} onPick={onShow} />
      {children}
    </div>
  )
}
