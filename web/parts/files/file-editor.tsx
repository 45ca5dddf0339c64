import { useLoaded } from '../../lib/loaded.js'
import { completions, type Schema } from '../../model/complete.js'
import { Editor } from '../editor.js'
import { Refused } from '../refused.js'
import type { TextFile } from './use-file.js'

interface FileEditorProps {
  readonly kind: 'scenarios' | 'fleets'
  readonly label: string
  readonly file: TextFile
  /** Lines that something was found out about. */
  readonly marks?: ReadonlyMap<number, boolean>
  readonly show?: number | null
}

/** The text of a file, with what is wrong at its line and what may stand at the cursor. */
export function FileEditor({ kind, label, file, marks, show = null }: FileEditorProps) {
  const schema = useLoaded<Schema>(`/${kind}/schema.json`)
  return (
    <div class="file-editor">
      {file.refusal !== null && (
        <Refused refusal={file.refusal} says="There is no such file here">
          <p class="soft">Pick another, open one of your own, or write it here.</p>
        </Refused>
      )}
      <Editor
        label={label}
        text={file.text}
        onInput={file.write}
        problems={file.mistakes}
        {...(marks === undefined ? {} : { marks })}
        show={show}
        complete={(before) => (schema.value === null ? [] : completions(schema.value, before))}
      />
      <p class="small faint">Ctrl Space says what may stand at the cursor.</p>
    </div>
  )
}
