import { z } from 'zod'
import { closed } from '../plan/shapes.js'

const bound = (what: string) => z.number().int().min(0).exactOptional().meta({ description: what })

/** How far an exploration of the scenario goes. */
export const exploreSchema = closed('a field of explore', {
  depth: bound('How many things happen on one path, at most.'),
  faults: bound('How many attempts fail on one path, at most.'),
  starts: bound('How many executions are started on one path, at most.'),
  cancels: bound('How many executions are cancelled on one path, at most.'),
  deletes: bound('How many templates, components and images are deleted on one path, at most.'),
  states: bound('How many different states are looked at, at most.'),
})
