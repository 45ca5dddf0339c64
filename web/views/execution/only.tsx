import { useMemo, useState } from 'preact/hooks'
import { useSeen } from '../../chart/seen.js'
import { stepsIn } from '../../chart/steps-in.js'
import type { Document } from '../../model/document.js'
import { Button } from '../../parts/controls.js'

/** Of the lines of the history those of the state that was picked in the chart, if one was. */
export function useOnly<L extends { readonly seq?: number | undefined }>(
  lines: readonly L[],
): readonly L[] {
  const { document, only = null } = useSeen()
  return useMemo(() => {
    if (only === null) return lines
    const steps = stepsIn(document, only)
    return lines.filter(({ seq }) => seq !== undefined && steps.has(seq))
  }, [lines, document, document.version, only])
}

/** Which state's steps alone are shown, and how that is changed. */
export function useOnlySteps(document: Document, onDrawer: (open: boolean) => void) {
  const [only, setOnly] = useState<string | null>(null)
  return useMemo(
    () => ({
      only,
      showSteps: (state: string): number => {
        setOnly(state)
        onDrawer(true)
        return stepsIn(document, state).size
      },
      showAll: () => setOnly(null),
    }),
    [document, only],
  )
}

/** Says that not all steps are shown, and shows them again. */
export function OnlyBar() {
  const { only = null, showAll } = useSeen()
  if (only === null) return null
  return (
    <p class="history-only">
      <span class="cut grow">
        Only steps of <b class="mono">{only.slice(only.indexOf('.') + 1)}</b>
      </span>
      <Button kind="plain" icon="close" onPress={() => showAll?.()}>
        All steps
      </Button>
    </p>
  )
}
