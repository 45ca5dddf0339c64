import { isTyped, type Named, nested, type Tree } from '../nested.js'
import type { Call, Operation } from '../operation.js'
import { indented, quoted } from './names.js'

/** The newest major version of the modules that were looked at. */
const majors: Readonly<Record<string, string>> = { Ecs: '/v7', Vpc: '/v6' }

/** The call with the SDK for Go. */
export function goCode({ operation, values, host }: Call): string {
  const request = `${operation.action}Request`
  const region = values['RegionId'] ?? 'cn-hangzhou'
  const none = operation.parameters.length === 0
  const made = none ? '' : structText(nested(operation, values), `sdk.${request}`, '&')
  return `package main

import (
	"fmt"
	"os"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	sdk "${moduleOf(operation)}"
	"github.com/alibabacloud-go/tea/tea"
)

func main() {
	client, err := sdk.NewClient(&openapi.Config{
		Endpoint: tea.String("${host}"), Protocol: tea.String("HTTP"), // the only line that differs
		RegionId:        tea.String(${quoted(region, '"')}),
		AccessKeyId:     tea.String(os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_ID")),
		AccessKeySecret: tea.String(os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET")),
	})
	if err != nil {
		panic(err)
	}
	response, err := client.${operation.action}(${indented(made, '\t')})
	if err != nil {
		panic(err)
	}
	fmt.Println(response.Body)
}
`
}

function moduleOf({ product, version }: Operation): string {
  const name = `${product.toLowerCase()}-${version.replaceAll('-', '')}`
  return `github.com/alibabacloud-go/${name}${majors[product] ?? ''}/client`
}

function structText(fields: readonly Named[], name: string, prefix: string): string {
  if (fields.length === 0) return `${prefix}${name}{}`
  const lines = fields.map(([key, tree]) => {
    const value = valueText(tree, `${name}${key}`)
    return value === null ? `// ${key}: the SDK cannot send what is no number` : `${key}: ${value},`
  })
  return `${prefix}${name}{\n\t${indented(lines.join('\n'), '\t')}\n}`
}

/** Null for what the type of the field does not hold. */
function valueText(tree: Tree, owner: string): string | null {
  if (tree.kind === 'object') return structText(tree.fields, owner, '&')
  if (tree.kind === 'list') return listText(tree.items, owner)
  if (!isTyped(tree)) return null
  const { type, text } = tree
  if (type === 'text') return `tea.String(${quoted(text, '"')})`
  if (type === 'boolean') return `tea.Bool(${text})`
  return `tea.${type === 'long' ? 'Int64' : 'Int32'}(${BigInt(text)})`
}

const sliceOf = { text: '[]*string', boolean: '[]*bool', long: '[]*int64', integer: '[]*int32' }

function listText(items: readonly Tree[], owner: string): string | null {
  const values = items.map((item) => valueText(item, owner))
  const [first] = items
  if (first === undefined || values.includes(null)) return null
  const type = first.kind === 'leaf' ? sliceOf[first.type] : `[]*${owner}`
  return `${type}{${values.join(', ')}}`
}
