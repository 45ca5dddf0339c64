/** Executable content of SCXML as xstate's actions. */
import { assign, cancel, enqueueActions, log, not, raise, sendTo, stateIn } from 'xstate'
import type { Element } from './xml.js'

interface Args {
  readonly context: object
  readonly event: { readonly type: string }
}

/** The value of an expression of the data model, in which the context's keys are variables. */
function evaluate({ context, event }: Args, body: string): unknown {
  const make = Function as unknown as (...text: string[]) => (...values: unknown[]) => unknown
  const run = make('context', '_event', `with (context) { ${body} }`)
  return run(context, { name: event.type, data: event })
}

function valueOf(expression: string): (args: Args) => unknown {
  return (args) => evaluate(args, `return (${expression})`)
}

export function stateId(id: string): string {
  return id.replaceAll('.', '$')
}

export function guardOf(condition: string): unknown {
  const [, no, id] = /^(!?)In\('(.*)'\)$/.exec(condition.trim()) ?? []
  if (id === undefined) return valueOf(condition)
  return no === '!' ? not(stateIn(`#${stateId(id)}`)) : stateIn(`#${stateId(id)}`)
}

/** Milliseconds of `1s`, `.5s` or `10ms`. */
function delayOf(text: string): number {
  const [, amount = '0', unit] = /^([\d.]+)(ms|s)$/.exec(text.trim()) ?? []
  return Number(amount) * (unit === 's' ? 1_000 : 1)
}

export function actionsOf(element: Element): unknown[] {
  return element.children.map(actionOf)
}

function actionOf(element: Element): unknown {
  const { name, attributes, text } = element
  const attribute = (key: string): string => attributes[key] ?? ''
  switch (name) {
    case 'raise':
      return raise({ type: attribute('event') } as never)
    case 'assign': {
      const [location, expression] = [attribute('location'), attribute('expr')]
      const body = `${location}; return { ${JSON.stringify(location)}: ${expression} }`
      return assign((args) => evaluate(args as never, body) as object)
    }
    case 'script':
      return assign(({ context, event }) => {
        const copy = { ...(context as object) }
        evaluate({ context: copy, event }, text)
        return copy
      })
    case 'cancel':
      return cancel(attribute('sendid'))
    case 'log': {
      const value = valueOf(attribute('expr')) as never
      return log(value, attributes['label'])
    }
    case 'send':
      return sendOf(element)
    case 'if':
      return ifOf(element)
    default:
      throw new Error(`<${name}> is not converted`)
  }
}

/**
 * What a machine sends itself is an event from outside to it, after a delay or after none; so that
 * it can outlive the process, it is a timer here.
 */
function sendOf({ attributes, children }: Element): unknown {
  const { event, eventexpr, target, id, delay, delayexpr } = attributes
  const params = children.map((each) => `${each.attributes['name']}: ${each.attributes['expr']}`)
  const type = event === undefined ? eventexpr : JSON.stringify(event)
  const sent = valueOf(`{ type: ${type}, ${params.join()} }`) as never
  if (target === '#_internal') return raise(sent)
  if (target !== undefined) return sendTo(target, sent)
  const wait =
    delayexpr === undefined
      ? delayOf(delay ?? '0s')
      : (args: Args) => delayOf(String(evaluate(args, `return ${delayexpr}`)))
  return raise(sent, { ...(id === undefined ? {} : { id }), delay: wait as number })
}

/** `<elseif>` and `<else>` stand between the branches that they part. */
function ifOf({ attributes, children }: Element): unknown {
  const branches: { guard: unknown; actions: unknown[] }[] = [
    { guard: guardOf(attributes['cond'] ?? ''), actions: [] },
  ]
  for (const child of children) {
    const { cond } = child.attributes
    if (child.name === 'elseif') branches.push({ guard: guardOf(cond ?? ''), actions: [] })
    else if (child.name === 'else') branches.push({ guard: () => true, actions: [] })
    else branches.at(-1)?.actions.push(actionOf(child))
  }
  return enqueueActions(({ enqueue, check }) => {
    const branch = branches.find(({ guard }) => check(guard as never))
    for (const action of branch?.actions ?? []) enqueue(action as never)
  })
}
