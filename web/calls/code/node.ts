import { type Named, nested, type Tree } from '../nested.js'
import type { Call } from '../operation.js'
import { camel, indented, packageOf, quoted } from './names.js'

/** The call with the SDK for Node, as an ES module. */
export function nodeCode({ operation, values, host }: Call): string {
  const request = `${operation.action}Request`
  const classes = new Set([request])
  const fields = nested(operation, values)
  const made = fieldsText(fields, request, classes)
  const method = camel(operation.action)
  const region = values['RegionId'] ?? 'cn-hangzhou'
  // A request without a field is not even an argument in the SDK.
  const argument = operation.parameters.length === 0 ? '' : `new ${request}(${made})`
  if (argument === '') classes.delete(request)
  return `import sdk from '@alicloud/${packageOf(operation)}'

const { ${['default: Client', ...classes].join(', ')} } = sdk
const client = new Client({
  endpoint: '${host}', protocol: 'HTTP', // the only line that differs
  regionId: ${quoted(region, "'")},
  accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
  accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
})
const { body } = await client.${method}(${argument})
console.log(body)
`
}

function fieldsText(fields: readonly Named[], owner: string, classes: Set<string>): string {
  if (fields.length === 0) return '{}'
  const lines = fields.map(
    ([name, tree]) => `${camel(name)}: ${valueText(tree, `${owner}${name}`, classes)},`,
  )
  return `{\n  ${indented(lines.join('\n'))}\n}`
}

function valueText(tree: Tree, owner: string, classes: Set<string>): string {
  if (tree.kind === 'list') {
    const items = tree.items.map((item) => valueText(item, owner, classes))
    return `[${items.join(', ')}]`
  }
  if (tree.kind === 'object') {
    classes.add(owner)
    return `new ${owner}(${fieldsText(tree.fields, owner, classes)})`
  }
  const { type, text } = tree
  const plain = type === 'boolean' ? /^(true|false)$/.test(text) : type !== 'text' && isSafe(text)
  return plain ? text : quoted(text, "'")
}

/** What JavaScript's numbers hold; longer ones go as text. */
function isSafe(text: string): boolean {
  return /^-?(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text))
}
