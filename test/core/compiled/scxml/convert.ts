/** SCXML documents as machines of xstate, as far as the published tests need it. */
import { type AnyStateMachine, createMachine } from 'xstate'
import { actionsOf, guardOf, stateId } from './content.js'
import { type Element, parseXml } from './xml.js'

const kinds = new Set(['state', 'parallel', 'final', 'history'])

export function machineOf(xml: string): AnyStateMachine {
  return convert(parseXml(xml))
}

function convert(root: Element): AnyStateMachine {
  const config = { ...configOf(root, 'scxml'), context: dataOf(root) }
  return createMachine({ ...config, options: { maxIterations: 1_000 } } as never) as AnyStateMachine
}

function named({ children }: Element, name: string): Element[] {
  return children.filter((child) => child.name === name)
}

/** The variables of the data model; one without a value is null, for JSON has no `undefined`. */
function dataOf(root: Element): object {
  const data = named(root, 'datamodel').flatMap((model) => named(model, 'data'))
  const make = Function as unknown as (text: string) => () => unknown
  const value = ({ attributes: { expr } }: Element): unknown =>
    (expr === undefined || expr === '_sessionid' ? null : make(`return (${expr})`)()) ?? null
  return Object.fromEntries(data.map((each) => [each.attributes['id'], value(each)]))
}

function configOf(element: Element, id: string): object {
  const { name, attributes, children } = element
  if (name === 'history') return historyOf(element, id)
  const states = children.filter((child) => kinds.has(child.name))
  const first = named(element, 'initial')[0]?.children[0]?.attributes['target']
  const initial = attributes['initial'] ?? first ?? states[0]?.attributes['id']
  const { on, always } = transitionsOf(element)
  return {
    id,
    ...(name === 'parallel' ? { type: 'parallel' } : {}),
    ...(name === 'final' ? { type: 'final' } : {}),
    ...(initial !== undefined && name !== 'parallel' ? { initial: stateId(initial) } : {}),
    ...(states.length > 0 ? { states: Object.fromEntries(states.map(entryOf)) } : {}),
    on,
    always,
    entry: named(element, 'onentry').flatMap(actionsOf),
    exit: named(element, 'onexit').flatMap(actionsOf),
    invoke: named(element, 'invoke').map(invokeOf),
  }
}

function entryOf(element: Element, index: number): [string, object] {
  const key = stateId(element.attributes['id'] ?? `unnamed${index}`)
  return [key, configOf(element, key)]
}

function historyOf(element: Element, id: string): object {
  const target = named(element, 'transition')[0]?.attributes['target']
  const history = element.attributes['type'] ?? 'shallow'
  return { id, type: 'history', history, ...(target ? { target: `#${stateId(target)}` } : {}) }
}

function invokeOf({ attributes, children }: Element): object {
  const document = children.find(({ name }) => name === 'content')?.children[0] as Element
  const { id } = attributes
  return { ...(id === undefined ? {} : { id }), src: convert(document) }
}

function transitionsOf(element: Element) {
  const on: Record<string, object[]> = {}
  const always: object[] = []
  for (const transition of named(element, 'transition')) {
    const { target, cond, type, event = '' } = transition.attributes
    const config = {
      ...(target ? { target: target.split(/\s+/).map((each) => `#${stateId(each)}`) } : {}),
      ...(cond === undefined ? {} : { guard: guardOf(cond) }),
      ...(type === 'internal' ? {} : { reenter: true }),
      actions: actionsOf(transition),
    }
    if (event === '') always.push(config)
    else for (const each of event.split(/\s+/)) (on[descriptorOf(each)] ??= []).push(config)
  }
  return { on, always }
}

/** In SCXML every descriptor means all that begin with its parts. */
function descriptorOf(event: string): string {
  const name = event
    .replace(/^done\.state(?=\.|$)/, 'xstate.done.state')
    .replace(/^done\.invoke(?=\.|$)/, 'xstate.done.actor')
  return name === '*' || name.endsWith('.*') ? name : `${name}.*`
}
