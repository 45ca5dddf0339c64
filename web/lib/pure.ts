import type { Component, ComponentChildren } from 'preact'

/**
 * A component that is drawn anew only when one of its props is another value: a row of many, when the
 * rest of its list has changed. What it reads beside its props it must watch by a hook.
 */
export function pure<P extends object>(draw: (props: P) => ComponentChildren) {
  return function Pure(this: Component<P>, props: P): ComponentChildren {
    this.shouldComponentUpdate ??= differs
    return draw(props)
  }
}

function differs(this: Component<object>, next: object): boolean {
  const [was, is] = [this.props, next] as unknown as readonly Readonly<Record<string, unknown>>[]
  if (was === undefined || is === undefined) return true
  for (const name in is) if (was[name] !== is[name]) return true
  for (const name in was) if (!(name in is)) return true
  return false
}
