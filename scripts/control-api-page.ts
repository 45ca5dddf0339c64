import { controlPath } from '../src/server/control-path.js'
import { endpoints } from '../src/server/control/endpoints.js'
import { openApi } from '../src/server/control/openapi.js'

interface Operation {
  readonly summary: string
  readonly parameters: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: Schema } }
  }
  readonly responses: Readonly<Record<string, { readonly description: string }>>
}

interface Schema {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
}

const intro = `# The control API

What an emulator can do that the real service cannot: move its clock, plan its faults, put its state aside. It lives beside the emulated service under \`${controlPath}/\`, and \`${controlPath}/openapi.json\` describes it as OpenAPI 3.1. This page is made from that description by \`npx tsx scripts/control-api.ts\`.

- Bodies are JSON with \`content-type: application/json\`; a wrong one is answered with 400 and the field, what it must be, and the nearest legal word.
- Refusals are \`{"Code": …, "Message": …}\`, the fields that the service's own errors have.
- Only callers on the same machine are answered, except for \`/health\`; requests that a web page of somebody else makes a browser send are refused, here and for the emulated service, by Host, Origin and Sec-Fetch-Site.
- Times are of the service's clock, in UTC with milliseconds.
`

const outro = `
## Events

\`GET ${controlPath}/events\` is a stream of server-sent events: \`step\`, \`attempt\` and \`migration\`, one for each record of a history, with the record's number as id. A browser's EventSource, or any client that sends \`Last-Event-ID\`, goes on where it was. \`reset\` says that the state was replaced: numbers begin anew. Nothing is kept for slow readers; they read on from the history.

\`\`\`sh
curl -N 'http://127.0.0.1:4526${controlPath}/events?after=0'
\`\`\`
`

/** docs/control-api.md, from the declarations of the endpoints. */
export function controlApiPage(): string {
  const document = openApi(endpoints, '') as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
    readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
  }
  const rows = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const shown = path.slice(controlPath.length)
      const given = [
        ...operation.parameters.filter((each) => each.in === 'query').map(({ name }) => `?${name}`),
        ...bodyFields(operation, document.components.schemas),
      ]
      const fields = given.map((name) => `\`${name}\``).join(' ')
      return `| \`${method.toUpperCase()} ${shown}\` | ${fields} | ${operation.summary} |`
    }),
  )
  const head = ['| request | takes | |', '|---|---|---|']
  return `${intro}\n${[...head, ...rows].join('\n')}\n${outro}`
}

function bodyFields(
  { requestBody }: Operation,
  shared: Readonly<Record<string, Schema>>,
): readonly string[] {
  const schema = requestBody?.content['application/json'].schema
  if (schema === undefined) return []
  const name = schema.$ref?.split('/').at(-1)
  const whole = name === undefined ? schema : shared[name]
  return Object.keys(whole?.properties ?? {})
}
