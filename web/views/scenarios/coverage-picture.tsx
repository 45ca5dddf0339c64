import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { CoverageChart } from '../../chart/coverage-chart.js'
import { CoverageLegend } from '../../chart/coverage-legend.js'
import { layoutFor } from '../../chart/elk.js'
import type { Layout } from '../../chart/layout.js'
import type { Explored } from './explored.js'

/** Smaller than this nobody can read it: then it scrolls in its own box. */
const leastScale = 0.72
/** What stands beside the chart: counts of its last states. */
const beside = 64

/** The chart with what was come through and what never was, as large as there is room. */
export function CoveragePicture({ explored }: { readonly explored: Explored }) {
  const { machine, coverage } = explored
  const [layout, setLayout] = useState<Layout | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const box = useRef<HTMLElement>(null)
  const [room, setRoom] = useState(0)
  useEffect(() => {
    layoutFor(machine).then(setLayout, (error: unknown) => setProblem(String(error)))
  }, [machine])
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const resized = new ResizeObserver(() => setRoom(element.clientWidth))
    resized.observe(element)
    return () => resized.disconnect()
  }, [])
  const scale = layout === null ? 1 : (room - 24) / (layout.width + beside)
  return (
    <section class="explored-chart" aria-label="The chart" ref={box}>
      <p class="explored-legend coverage-legend">
        <CoverageLegend />
      </p>
      {layout !== null && (
        <div style={{ zoom: String(Math.min(1, Math.max(leastScale, scale))) }}>
          <CoverageChart machine={machine} layout={layout} coverage={coverage} />
        </div>
      )}
      {problem !== null && (
        <p class="soft">There is no chart: {problem}. The lists say the same.</p>
      )}
    </section>
  )
}
