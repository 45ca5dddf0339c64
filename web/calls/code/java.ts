import { isTyped, type Named, nested, type Tree } from '../nested.js'
import type { Call } from '../operation.js'
import { camel, indented, packageOf, quoted } from './names.js'

/** The call with the SDK for Java. */
export function javaCode({ operation, values, host }: Call): string {
  const request = `${operation.action}Request`
  const name = packageOf(operation)
  const region = values['RegionId'] ?? 'cn-hangzhou'
  const none = operation.parameters.length === 0
  const made = none ? '' : objectText(nested(operation, values), request, request)
  return `import com.aliyun.${name}.Client;
import com.aliyun.${name}.models.*;
import com.aliyun.teaopenapi.models.Config;
import java.util.Arrays;

class Main {
  public static void main(String[] args) throws Exception {
    Client client = new Client(new Config()
        .setEndpoint("${host}").setProtocol("HTTP") // the only line that differs
        .setRegionId(${quoted(region, '"')})
        .setAccessKeyId(System.getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"))
        .setAccessKeySecret(System.getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET")));
    ${operation.action}Response response = client.${camel(operation.action)}(${indented(made, '    ')});
    System.out.println(response.getBody());
  }
}
`
}

/** @param request the class that the classes of its parts stand in */
function objectText(fields: readonly Named[], name: string, request: string): string {
  const type = name === request ? name : `${request}.${name}`
  const calls = fields.map(([key, tree]) => {
    const value = valueText(tree, `${name}${key}`, request)
    return value === null
      ? `// ${key}: the SDK cannot send what is no number`
      : `.set${key}(${value})`
  })
  return [`new ${type}()`, ...calls.map((call) => indented(`\n${call}`, '    '))].join('')
}

/** Null for what the type of the field does not hold. */
function valueText(tree: Tree, owner: string, request: string): string | null {
  if (tree.kind === 'object') return objectText(tree.fields, owner, request)
  if (tree.kind === 'list') {
    const items = tree.items.map((item) => valueText(item, owner, request))
    return items.includes(null) ? null : `Arrays.asList(${items.join(', ')})`
  }
  if (!isTyped(tree)) return null
  const { type, text } = tree
  if (type === 'text') return quoted(text, '"')
  return type === 'boolean' ? text : `${BigInt(text)}${type === 'long' ? 'L' : ''}`
}
