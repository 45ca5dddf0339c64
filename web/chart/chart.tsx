import { useEffect, useState } from 'preact/hooks'
import { Drawn } from './drawn.js'
import type { Layout } from './layout.js'
import type { MachineModel } from './machine.js'
import { useNarrow } from '../lib/narrow.js'
import { useSeen } from './seen.js'
import { StackChart } from './stack-chart.js'
import { StateTree } from './state-tree.js'

/** Makes the layout of a machine; an exported file brings its own. */
export type LayoutMaker = (machine: MachineModel) => Promise<Layout>

/** The machine, drawn or in words. */
export function Chart({ makeLayout }: { readonly makeLayout: LayoutMaker }) {
  const { document } = useSeen()
  const { machine, noMachine } = document
  const narrow = useNarrow()
  const [layout, setLayout] = useState<Layout | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [inWords, setInWords] = useState(false)
  useEffect(() => {
    if (machine === null || narrow) return
    makeLayout(machine).then(setLayout, (error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    )
  }, [machine, narrow])
  if (machine === null) {
    return noMachine === null ? (
      <div class="chart" />
    ) : (
      <StateTree machine={null} reason={noMachine} />
    )
  }
  const drawn = narrow || layout !== null
  return (
    <>
      {drawn && (
        // Seen when the keyboard comes to it, and always there for who hears the page.
        <button
          type="button"
          class="chart-words"
          aria-pressed={inWords}
          onClick={() => setInWords(!inWords)}
        >
          The chart in words
        </button>
      )}
      {inWords || !drawn ? (
        <StateTree machine={machine} reason={problem} />
      ) : narrow || layout === null ? (
        <StackChart machine={machine} />
      ) : (
        <Drawn machine={machine} layout={layout} />
      )}
    </>
  )
}
