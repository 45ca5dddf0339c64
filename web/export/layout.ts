import ELK from 'elkjs/lib/elk.bundled.js'
import { type Layout, layoutOf } from '../chart/layout.js'
import type { MachineModel } from '../chart/machine.js'

/** The layout of a machine outside a browser: an exported file brings it along. */
export function layout(machine: MachineModel): Promise<Layout> {
  return layoutOf(machine, new ELK())
}
