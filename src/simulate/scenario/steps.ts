import { z } from 'zod'
import { nearest } from '../../core/nearest.js'
import { worldPatchSchema } from '../../imagebuilder/world/schema.js'
import { scenarioPlanSchema } from '../plan/schema.js'
import { closed, cut, durationText, notA, text, word } from '../plan/shapes.js'
import { invariantNames } from '../explore/invariants/index.js'
import {
  executionFields,
  expectExecution,
  expectTemplate,
  taskId,
  templateFields,
  until,
} from './expectations.js'

export const worldPatch = worldPatchSchema.meta({
  id: 'worldPatch',
  description: 'A change to the world: entries to add, fields to change, ids to remove.',
})

export const plan = scenarioPlanSchema.meta({
  id: 'plan',
  description: 'How tasks and calls go. Rules, in order.',
})

const refused = text.exactOptional().meta({
  description: 'The code that the service must refuse with; absent: it must succeed.',
})

const dies = z
  .union([z.literal(['before commit', 'after commit']), z.number().int().min(0).max(100)], {
    error: 'must be "before commit", "after commit", or after how many commits',
  })
  .exactOptional()
  .meta({ description: 'When the process dies in this step; then the file is opened anew.' })

const execution = text.meta({ description: 'An execution, by its name in this scenario.' })
const target = text.meta({ description: 'A template or a component, by its key.' })

const invariant = word('an invariant', invariantNames).meta({
  description: 'What must hold of every state, by its name.',
})

/** The kinds of steps, each a mapping that has its verb as a key; some verbs may stand alone. */
const schemas = {
  create: closed('a field of a create step', { create: target, refused, dies }),
  start: closed('a field of a start step', {
    start: text.meta({ description: 'A template, by its key.' }),
    as: text.exactOptional().meta({
      description: 'The name of the execution; absent: the key, then key#2, key#3 and so on.',
    }),
    token: text.exactOptional().meta({ description: 'The ClientToken.' }),
    refused,
    same: execution.exactOptional().meta({ description: 'The answer must be this execution.' }),
    dies,
  }),
  cancel: closed('a field of a cancel step', {
    cancel: execution,
    refused: refused.meta({
      description: 'The code that it must be refused with; maybe: it may come too late.',
    }),
    dies,
  }),
  advance: closed('a field of an advance step', { advance: durationText }),
  next: closed('a field of a next step', {
    next: execution,
    task: taskId.exactOptional().meta({ description: 'Which of its tasks; the first if absent.' }),
    dies,
  }),
  check: closed('a field of a check step', {
    check: z.union([invariant, z.array(invariant).min(1), z.literal(true)], {
      error: ({ input }) =>
        typeof input === 'string' ? notA('an invariant', input, invariantNames) : undefined,
    }),
  }),
  wait: closed('a field of a wait step', {
    wait: execution,
    until: until.exactOptional().meta({ description: 'What to wait for; ended when absent.' }),
    within: durationText.exactOptional().meta({ description: 'At most this long; 7d if absent.' }),
  }),
  delete: closed('a field of a delete step', { delete: target, refused, dies }),
  deleteImage: closed('a field of a delete step', {
    delete: execution,
    image: text.meta({ description: 'The region in which the image of the execution is deleted.' }),
    refused,
    dies,
  }),
  crash: closed('a field of a crash step', {
    crash: z.literal(true, { error: 'must be true; or write the step as "- crash"' }),
  }),
  edit: closed('a field of an edit step', { edit: worldPatch }),
  plan: closed('a field of a plan step', { plan }),
  expectExecution,
  expectTemplate,
}

export type Kind = keyof typeof schemas

/** The words that steps begin with. Kinds of one word are told apart by their fields. */
export type Verb = Exclude<Kind, 'expectExecution' | 'expectTemplate' | 'deleteImage'> | 'expect'

const verbs: readonly string[] = [
  ...Object.keys(schemas).filter((kind) => !/^expect|^deleteImage$/.test(kind)),
  'expect',
]

/** Steps as written, after the check: `{ start: 'web' }` under `start`, and so on. */
export type Written = { readonly [K in Kind]: z.infer<(typeof schemas)[K]> }

export const stepSchema = z
  .union([z.literal(['crash', 'check']), ...Object.values(schemas)])
  .meta({ id: 'step' })

/** Which step a raw value is, or is most likely meant to be. */
export interface Recognised {
  /** Undefined: nothing like a step. */
  readonly verb: Verb | undefined
  /** The fields as given; `crash` alone is `{ crash: true }`. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Why it is not a step, and the key that is at fault, or null for the whole. */
  readonly wrong?: { readonly key: string | null; readonly message: string }
}

/** Recognises a step by its verb, a misspelt one too, so that one slip is one mistake. */
export function recognise(raw: unknown): Recognised {
  if (typeof raw === 'string') return recogniseText(raw)
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return { verb: undefined, fields: {}, wrong: { key: null, message: notAStep } }
  }
  const fields = raw as Record<string, unknown>
  const keys = Object.keys(fields)
  const [verb, second] = keys.filter(isVerb)
  if (second !== undefined) {
    const message = `one step cannot both ${verb} and ${second}: make two steps of it`
    return { verb, fields, wrong: { key: second, message } }
  }
  return verb === undefined ? misspelt(fields, keys) : { verb, fields }
}

const notAStep = `a step must be a mapping such as "start: web" (steps: ${verbs.join(', ')})`

function recogniseText(raw: string): Recognised {
  if (raw === 'crash' || raw === 'check') return { verb: raw, fields: { [raw]: true } }
  const message = isVerb(raw)
    ? `"${raw}" needs a value: write "${raw}: …"`
    : notStep(raw, nearest(raw, verbs))
  return { verb: undefined, fields: {}, wrong: { key: null, message } }
}

function misspelt(fields: Record<string, unknown>, keys: readonly string[]): Recognised {
  const key = keys.find((each) => nearest(each, verbs) !== undefined) ?? keys[0]
  if (key === undefined) {
    return { verb: undefined, fields, wrong: { key: null, message: notAStep } }
  }
  const meant = nearest(key, verbs)
  const verb = meant !== undefined && isVerb(meant) ? meant : undefined
  const guessed = verb === undefined ? fields : { ...fields, [verb]: fields[key] }
  return { verb, fields: guessed, wrong: { key, message: notStep(key, meant) } }
}

function notStep(key: string, meant: string | undefined): string {
  const hint =
    meant === undefined ? `; the steps are ${verbs.join(', ')}` : `; did you mean "${meant}"?`
  return `"${cut(key)}" is not a step${hint}`
}

function isVerb(key: string): key is Verb {
  return verbs.includes(key)
}

/** The kind of a recognised step. */
export function kindOf(verb: Verb, fields: Readonly<Record<string, unknown>>): Kind {
  if (verb === 'delete') return fields['image'] === undefined ? verb : 'deleteImage'
  if (verb !== 'expect') return verb
  const given = Object.keys(fields)
  const ofExecution = given.some((key) => executionFields.includes(key))
  const ofTemplate = given.some((key) => templateFields.includes(key))
  return ofTemplate && !ofExecution ? 'expectTemplate' : 'expectExecution'
}

/** The schema that a step of a kind is checked by. */
export function schemaOf(kind: Kind): z.ZodType {
  return schemas[kind]
}
