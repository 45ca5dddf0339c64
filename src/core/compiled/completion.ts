import type { EventData } from '../effects.js'
import { Args } from './args.js'
import type { Op, Run } from './run.js'
import { isFinished, type Node, type Nodes } from './tree.js'

type OutputOf = (args: Args) => unknown

/** What entering a final state leads to. */
export interface Completion {
  readonly ops: readonly Op[]
  /** Whether the machine itself is at its end. */
  readonly ends: boolean
}

const nothing: Completion = { ops: [], ends: false }

/**
 * Entering a final state raises the end of its parent, then the ends of the parallel states around
 * it that have thereby ended, from within; and ends the machine when that reaches the root.
 *
 * @param completed the parallel states that ended in this microstep; those that end now are added
 */
export function completionOf(node: Node, active: Nodes, completed: Set<Node>): Completion {
  if (node.type !== 'final') return nothing
  const ops: Op[] = []
  const { parent } = node
  let around = parent?.type === 'parallel' ? parent : parent?.parent
  let last = around ?? node
  if (parent?.type === 'compound') ops.push(doneOp(parent.id, node.output))
  while (around?.type === 'parallel' && !completed.has(around) && isFinished(active, around)) {
    completed.add(around)
    ops.push(doneOp(around.id, undefined))
    last = around
    around = around.parent
  }
  return around === undefined ? { ops: [...ops, endOp(last)], ends: true } : { ops, ends: false }
}

function doneOp(id: string, output: unknown): Op {
  const type = `xstate.done.state.${id}`
  return (run) => run.enqueue(doneEvent(type, outputOf(output, run.args())))
}

function endOp(last: Node): Op {
  const type = `xstate.done.state.${last.id}`
  const { output } = last.machine.root
  return (run) => {
    run.status = 'done'
    run.moved = true
    run.output = output === undefined ? undefined : outputOf(output, endArgs(run, type, last))
  }
}

/** The machine's output sees the output of its last state as an event's. */
function endArgs(run: Run, type: string, last: Node): Args {
  const output = last.parent === undefined ? undefined : outputOf(last.output, run.args())
  return new Args(run.context, doneEvent(type, output), run)
}

function doneEvent(type: string, output: unknown): EventData {
  return { type, output } as EventData
}

function outputOf(output: unknown, args: Args): unknown {
  return typeof output === 'function' ? (output as OutputOf)(args) : output
}
