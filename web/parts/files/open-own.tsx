import { useRef } from 'preact/hooks'
import { useKeys } from '../../lib/keys.js'
import { setQuery } from '../../lib/route.js'
import { keepDraft } from '../../model/drafts.js'
import { Button } from '../controls.js'

/** Opens a file of one's own: the browser reads it, and nobody else. */
export function OpenOwn({ kind }: { readonly kind: 'scenarios' | 'fleets' }) {
  const picker = useRef<HTMLInputElement>(null)
  const pick = (): void => picker.current?.click()
  useKeys([{ keys: 'o', does: 'Open a file', run: pick }])
  const opened = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    keepDraft(`${kind} ${file.name}`, await file.text())
    setQuery({ file: file.name })
  }
  return (
    <>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".yaml,.yml,.json"
        onChange={(event) => void opened(event.currentTarget.files?.[0])}
      />
      <Button title="Open a file of your own" keys="O" onPress={pick}>
        Open
      </Button>
    </>
  )
}
