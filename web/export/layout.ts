import ELK from 'elkjs/lib/elk.bundled.js'
import { type Answer, type Answers, nameOf, slim } from '../chart/answers.js'
import { type Layout, layoutOf } from '../chart/layout.js'
import type { MachineModel } from '../chart/machine.js'

/** The layout of a machine outside a browser: an exported file brings it along. */
export function layout(machine: MachineModel): Promise<Layout> {
  return layoutOf(machine, new ELK())
}

/** What the engine answers about a machine: the page brings it along. */
export async function answersTo(machine: MachineModel): Promise<Answers> {
  const elk = new ELK()
  const answers: Record<string, Answer> = {}
  await layoutOf(machine, {
    layout: async (graph) => {
      const name = nameOf(graph)
      const answer = slim(await elk.layout(graph))
      answers[name] = answer
      return answer
    },
  })
  return answers
}
