import { nearest } from '../../core/nearest.js'
import type { Problem } from '../plan/problems.js'
import { cut, notA } from '../plan/shapes.js'
import { idProblems } from './id-problems.js'
import { kindOf, type Recognised } from './steps.js'

/** What names of a scenario lead to. */
export interface Names {
  readonly problems: readonly Problem[]
  /** By the number of a step, from 0: the name of the execution that it starts. */
  readonly started: ReadonlyMap<number, string>
}

/** A scenario as written: read leniently, so that names are checked even where the shape is wrong. */
export interface Draft {
  readonly templates: readonly string[]
  readonly components: readonly string[]
  /** Rules of the scenario's own plan. */
  readonly plan: unknown
  readonly ids: unknown
  readonly steps: readonly Recognised[]
}

/** With so many problems it is no use to look for more. */
export const enough = 100

/** Gives every started execution its name, and checks every name that a step refers to. */
export function resolveNames(draft: Draft): Names {
  const { started, problems: taken } = nameExecutions(draft)
  const problems = [...twins(draft), ...taken, ...ruleProblems(draft, draft.plan, ['plan'])]
  problems.push(...idProblems(draft, [...started.values()]))
  const scope = new Scope(draft, started)
  for (const [index, step] of draft.steps.entries()) {
    if (problems.length > enough) break
    problems.push(...scope.problemsOf(step, index))
    if (step.verb === 'plan') {
      problems.push(...ruleProblems(draft, step.fields['plan'], ['steps', index, 'plan']))
    }
    scope.after(step, index)
  }
  return { problems, started }
}

function twins({ templates, components }: Draft): Problem[] {
  return templates
    .filter((key) => components.includes(key))
    .map((key) => ({
      path: ['templates', key],
      at: 'key',
      message: `"${cut(key)}" is a component too: give one of them another key`,
    }))
}

function nameExecutions({ steps, templates }: Draft) {
  const started = new Map<number, string>()
  const stepOf = new Map<string, number>()
  const free = freeNames(stepOf)
  const problems: Problem[] = []
  for (const [index, { verb, fields }] of steps.entries()) {
    const { start, as, refused, same } = fields
    if (verb !== 'start' || typeof start !== 'string') continue
    if (refused !== undefined || same !== undefined) {
      problems.push(...namelessProblems(fields, index))
      continue
    }
    const name = typeof as === 'string' ? as : free(templateMeant(start, templates))
    const earlier = stepOf.get(name)
    if (earlier !== undefined) {
      const message = `"${cut(name)}" is the execution of step ${earlier + 1} already`
      problems.push({ path: ['steps', index, 'as'], at: 'value', message })
    }
    stepOf.set(name, index)
    started.set(index, name)
  }
  return { started, problems }
}

/** The key that a start names, or most likely means: its execution is then waited for by that. */
function templateMeant(key: string, templates: readonly string[]): string {
  return templates.includes(key) ? key : (nearest(key, templates) ?? key)
}

/** A start that makes no execution has none to name. */
function namelessProblems(fields: Recognised['fields'], index: number): Problem[] {
  const why = fields['refused'] === undefined ? 'that repeats another' : 'that is refused'
  const extra = fields['refused'] === undefined ? ['as'] : ['as', 'same']
  return extra
    .filter((key) => fields[key] !== undefined)
    .map((key) => ({
      path: ['steps', index, key],
      at: 'key',
      message: `a start ${why} makes no execution: take "${key}" out`,
    }))
}

/** `web`, `web#2`, `web#3` and so on, past the names that are taken. */
function freeNames(taken: ReadonlyMap<string, unknown>): (key: string) => string {
  const last = new Map<string, number>()
  return (key) => {
    let number = last.get(key) ?? 0
    let name: string
    do {
      number += 1
      name = number === 1 ? key : `${key}#${number}`
    } while (taken.has(name))
    last.set(key, number)
    return name
  }
}

/** The templates that rules name. */
function ruleProblems(draft: Draft, rules: unknown, at: Problem['path']): Problem[] {
  if (!Array.isArray(rules)) return []
  return rules.flatMap((rule: unknown, index): Problem[] => {
    const template = (rule as { template?: unknown } | null)?.template
    if (typeof template !== 'string' || draft.templates.includes(template)) return []
    const message = notA('a template of this scenario', template, draft.templates)
    return [{ path: [...at, index, 'template'], at: 'value', message }]
  })
}

/** What is known when a step is reached. */
class Scope {
  readonly #draft: Draft
  readonly #started: ReadonlyMap<number, string>
  readonly #later: Set<string>
  readonly #executions = new Set<string>()
  /** Keys whose creation is still to come. */
  readonly #uncreated: Set<string>

  constructor(draft: Draft, started: ReadonlyMap<number, string>) {
    this.#draft = draft
    this.#started = started
    this.#later = new Set(started.values())
    const creates = draft.steps.filter(({ verb }) => verb === 'create')
    this.#uncreated = new Set(creates.map(({ fields }) => String(fields['create'])))
  }

  /** What the step itself changes. */
  after({ verb, fields }: Recognised, index: number): void {
    if (verb === 'create' && fields['refused'] === undefined) {
      this.#uncreated.delete(String(fields['create']))
    }
    const name = this.#started.get(index)
    if (name !== undefined) this.#executions.add(name)
  }

  problemsOf({ verb, fields, wrong }: Recognised, index: number): Problem[] {
    if (verb === undefined) return []
    const found: [key: string, problem: string | undefined][] = []
    const check = (key: string, problem: (word: string) => string | undefined) => {
      const word = fields[key]
      if (typeof word === 'string') found.push([key, problem(word)])
    }
    if (verb === 'create') check(verb, (word) => this.#notTarget(word))
    if (verb === 'delete') check(verb, (word) => this.#notDeletable(word, fields))
    if (verb === 'start') {
      check(verb, (word) => this.#notTemplate(word) ?? this.#tooEarly(word))
      check('same', (word) => this.#notExecution(word))
    }
    if (verb === 'cancel' || verb === 'wait' || verb === 'next')
      check(verb, (word) => this.#notExecution(word))
    if (verb === 'expect') check(verb, (word) => this.#notExpectable(word, fields))
    return found.flatMap(([key, message]): Problem[] => {
      if (message === undefined) return []
      const written = key === verb && wrong?.key != null ? wrong.key : key
      return [{ path: ['steps', index, written], at: 'value', message }]
    })
  }

  #notTarget(word: string): string | undefined {
    const { templates, components } = this.#draft
    if (templates.includes(word) || components.includes(word)) return undefined
    const known = [...templates, ...components]
    return notA('a template or a component of this scenario', word, known)
  }

  #notDeletable(word: string, fields: Recognised['fields']): string | undefined {
    return kindOf('delete', fields) === 'deleteImage'
      ? this.#notExecution(word)
      : (this.#notTarget(word) ?? this.#tooEarly(word))
  }

  #notTemplate(word: string): string | undefined {
    const { templates, components } = this.#draft
    if (templates.includes(word)) return undefined
    if (components.includes(word)) return `"${cut(word)}" is a component, not a template`
    return notA('a template of this scenario', word, templates)
  }

  /** A key without an id, as nothing has been created under it. */
  #tooEarly(word: string): string | undefined {
    if (!this.#uncreated.has(word)) return undefined
    return `no create step has made "${cut(word)}" before this one`
  }

  #notExpectable(word: string, fields: Recognised['fields']): string | undefined {
    return kindOf('expect', fields) === 'expectTemplate'
      ? this.#notTemplate(word)
      : this.#notExecution(word)
  }

  #notExecution(word: string): string | undefined {
    if (this.#executions.has(word)) return undefined
    if (this.#later.has(word)) return `"${cut(word)}" is started only by a later step`
    const known = [...this.#executions]
    const problem = notA('an execution started before this step', word, known)
    return this.#draft.templates.includes(word) && known.length === 0
      ? `${problem}; "${cut(word)}" is a template`
      : problem
  }
}
