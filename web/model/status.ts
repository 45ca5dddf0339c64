/** The twelve statuses of the wire. This and what stands in `ecs/` knows the Image Builder. */

export const liveStatuses = [
  'PREPARING',
  'REPAIRING',
  'BUILDING',
  'TESTING',
  'DISTRIBUTING',
  'RELEASING',
  'CANCELLING',
] as const

export const endedStatuses = [
  'SUCCESS',
  'PARTITION_SUCCESS',
  'TEST_FAILED',
  'FAILED',
  'CANCELLED',
] as const

export type Status = (typeof liveStatuses)[number] | (typeof endedStatuses)[number]

const known: ReadonlySet<string> = new Set([...liveStatuses, ...endedStatuses])

export function isStatus(word: string): word is Status {
  return known.has(word)
}

/** CancelImagePipelineExecution is legal in these only. */
export const cancellable: ReadonlySet<string> = new Set(['PREPARING', 'REPAIRING', 'BUILDING'])

const statusOfState: Readonly<Record<string, Status>> = {
  'create.preparing': 'PREPARING',
  'create.repairing': 'REPAIRING',
  'create.building': 'BUILDING',
  'create.testing': 'TESTING',
  copy: 'DISTRIBUTING',
  share: 'DISTRIBUTING',
  release: 'RELEASING',
  cancel: 'CANCELLING',
}

/** The status that a state of the execution machine stands for; undefined where it depends, or elsewhere. */
export function stateStatus(machine: string, path: string): Status | undefined {
  return machine.startsWith('execution@') ? statusOfState[path] : undefined
}

/** The colour of a status or of a state: a custom property of tokens.css. */
export function colourOf(status: string | undefined): string {
  if (status === undefined || !isStatus(status)) return 'var(--ink-2)'
  return `var(--${status.toLowerCase().replace('_', '-')})`
}
