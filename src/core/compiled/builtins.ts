import {
  and,
  assign,
  cancel,
  emit,
  enqueueActions,
  log,
  not,
  or,
  raise,
  sendTo,
  spawnChild,
  stateIn,
  stopChild,
} from 'xstate'

/** A function of xstate's making, which carries what it was made with. */
export interface Builtin {
  readonly resolve?: unknown
  readonly check?: unknown
  readonly assignment?: unknown
  readonly event?: unknown
  readonly id?: unknown
  readonly delay?: unknown
  readonly sendId?: unknown
  readonly src?: unknown
  readonly systemId?: unknown
  readonly input?: unknown
  readonly actorRef?: unknown
  readonly collect?: unknown
  readonly value?: unknown
  readonly label?: unknown
  readonly guards?: unknown
  readonly stateValue?: unknown
}

/** One of each, with everything that is read of it. */
const samples = {
  assign: [assign({}), 'assignment'],
  raise: [raise({ type: 'a' }), 'event', 'id', 'delay'],
  cancel: [cancel('a'), 'sendId'],
  emit: [emit({ type: 'a' }), 'event'],
  log: [log('a'), 'value', 'label'],
  spawnChild: [spawnChild('a' as never), 'src', 'id', 'systemId', 'input'],
  stopChild: [stopChild('a'), 'actorRef'],
  sendTo: [sendTo('a', { type: 'a' })],
  // Any function will do: it is not called.
  enqueueActions: [enqueueActions(Object), 'collect'],
} as const satisfies Record<string, readonly [unknown, ...(keyof Builtin)[]]>

const guardSamples = {
  and: [and([]), 'guards'],
  or: [or([]), 'guards'],
  not: [not('a'), 'guards'],
  stateIn: [stateIn('a'), 'stateValue'],
} as const satisfies Record<string, readonly [unknown, ...(keyof Builtin)[]]>

export type ActionKind = keyof typeof samples
export type GuardKind = keyof typeof guardSamples

type Samples<Kind extends string> = Readonly<Record<Kind, readonly [unknown, ...(keyof Builtin)[]]>>

/**
 * Which builtin a function is, told by the function of xstate's that does its work: so what another
 * version, or a second copy of xstate, has made is unknown, and never taken for what it is not.
 *
 * @param work the property that holds that function
 */
export function recogniser<Kind extends string>(
  samples: Samples<Kind>,
  work: 'resolve' | 'check',
): (builtin: Builtin) => Kind | undefined {
  const kinds = new Map<unknown, Kind>()
  for (const [kind, [sample, ...properties]] of Object.entries(samples) as [
    Kind,
    Samples<Kind>[Kind],
  ][]) {
    const known = sample as object
    // A property that is not there would read as one that was left out.
    const whole = [work, ...properties].every((property) => property in known)
    if (whole) kinds.set((known as Builtin)[work], kind)
  }
  return (builtin) => kinds.get(builtin[work])
}

export const actionKind = recogniser<ActionKind>(samples, 'resolve')
export const guardKind = recogniser<GuardKind>(guardSamples, 'check')
