import type { IncomingMessage } from 'node:http'

/** What the binding to a port adds to a request. `app.request()` has no bindings at all. */
export type ServerEnv = { Bindings: { readonly incoming?: IncomingMessage } }
