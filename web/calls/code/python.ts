import { isTyped, type Named, nested, type Tree } from '../nested.js'
import type { Call } from '../operation.js'
import { indented, packageOf, quoted, snake } from './names.js'

/** The call with the SDK for Python. */
export function pythonCode({ operation, values, host }: Call): string {
  const module = `alibabacloud_${packageOf(operation)}`
  const request = `${operation.action}Request`
  const region = values['RegionId'] ?? 'cn-hangzhou'
  const noArgument = operation.parameters.length === 0
  const made = noArgument ? '' : objectText(nested(operation, values), request)
  return `import os
${noArgument ? '' : `from ${module} import models\n`}from ${module}.client import Client
from alibabacloud_tea_openapi.models import Config

client = Client(Config(
    endpoint='${host}', protocol='HTTP',  # the only line that differs
    region_id=${quoted(region, "'")},
    access_key_id=os.environ['ALIBABA_CLOUD_ACCESS_KEY_ID'],
    access_key_secret=os.environ['ALIBABA_CLOUD_ACCESS_KEY_SECRET'],
))
response = client.${snake(operation.action)}(${made})
print(response.body)
`
}

function objectText(fields: readonly Named[], name: string): string {
  if (fields.length === 0) return `models.${name}()`
  const lines = fields.map(([key, tree]) => `${snake(key)}=${valueText(tree, `${name}${key}`)},`)
  return `models.${name}(\n    ${indented(lines.join('\n'), '    ')}\n)`
}

function valueText(tree: Tree, owner: string): string {
  if (tree.kind === 'list') {
    return `[${tree.items.map((item) => valueText(item, owner)).join(', ')}]`
  }
  if (tree.kind === 'object') return objectText(tree.fields, owner)
  const { type, text } = tree
  if (type === 'text' || !isTyped(tree)) return quoted(text, "'")
  return type === 'boolean' ? (text === 'true' ? 'True' : 'False') : plainNumber(text)
}

/** Python takes no number that begins with a zero. */
function plainNumber(text: string): string {
  return BigInt(text).toString()
}
