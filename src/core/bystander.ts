import { type AnyActor, createActor, createMachine } from 'xstate'

let actor: AnyActor | null = null

/**
 * The actor that stands in for `self` where no actor runs: xstate's functions take one, and one that
 * does nothing serves every machine.
 */
export function bystander(): AnyActor {
  return (actor ??= createActor(createMachine({})))
}
