/** What an order brings. */
export type Order = { readonly [field: string]: unknown }

/**
 * The child's side of a test with processes: answers each message `{ do: name, … }` with what the
 * handler of that name gives, and a failure with its text.
 */
export function told(handlers: Readonly<Record<string, (order: Order) => unknown>>): void {
  process.on('message', (order: Order) => {
    Promise.resolve(handlers[String(order['do'])]?.(order)).then(
      (answer) => say(answer ?? null),
      (error: unknown) => say({ failed: error instanceof Error ? error.stack : String(error) }),
    )
  })
  // Nobody is left behind when the test itself dies.
  process.on('disconnect', () => process.exit(1))
  say('ready')
}

/** Sends the parent a message. */
export function say(message: unknown): void {
  process.send?.(message)
}
