import { type Named, nested, type Tree } from '../nested.js'
import type { Call } from '../operation.js'
import { quoted } from './names.js'

interface Resource {
  readonly type: string
  /** The argument of each parameter that has one. */
  readonly parameters: Readonly<Record<string, string>>
}

/** The resources of the provider whose creation is one of the operations. */
const resources: Readonly<Record<string, Resource>> = {
  CreateImagePipeline: {
    type: 'alicloud_ecs_image_pipeline',
    parameters: {
      BaseImageType: 'base_image_type',
      BaseImage: 'base_image',
      Name: 'name',
      Description: 'description',
      ImageName: 'image_name',
      VSwitchId: 'vswitch_id',
      InstanceType: 'instance_type',
      SystemDiskSize: 'system_disk_size',
      InternetMaxBandwidthOut: 'internet_max_bandwidth_out',
      DeleteInstanceOnFailure: 'delete_instance_on_failure',
      BuildContent: 'build_content',
      ResourceGroupId: 'resource_group_id',
      AddAccount: 'add_account',
      ToRegionId: 'to_region_id',
      Tag: 'tags',
    },
  },
  CreateImageComponent: {
    type: 'alicloud_ecs_image_component',
    parameters: {
      ComponentType: 'component_type',
      ComponentVersion: 'component_version',
      Content: 'content',
      Description: 'description',
      Name: 'image_component_name',
      ResourceGroupId: 'resource_group_id',
      SystemType: 'system_type',
      Tag: 'tags',
    },
  },
  StartImagePipelineExecution: {
    type: 'alicloud_ecs_image_pipeline_execution',
    parameters: { ImagePipelineId: 'image_pipeline_id' },
  },
}

/** The resource whose creation makes this call; null where the provider has none. */
export function terraformCode({ operation, values, host }: Call): string | null {
  const resource = resources[operation.action]
  if (operation.product !== 'Ecs' || resource === undefined) return null
  const { type, parameters } = resource
  const region = values['RegionId'] ?? 'cn-hangzhou'
  const fields = nested(operation, values).filter(([name]) => name !== 'RegionId')
  const known = fields.filter(([name]) => parameters[name] !== undefined)
  const width = Math.max(0, ...known.map(([name]) => parameters[name]?.length ?? 0))
  const lines = known.map(
    ([name, tree]) => `  ${(parameters[name] ?? '').padEnd(width)} = ${valueText(tree)}`,
  )
  const unknown = fields.filter(([name]) => parameters[name] === undefined).map(([name]) => name)
  const left = unknown.length === 0 ? [] : [`  # no argument for ${unknown.join(', ')}`]
  return `provider "alicloud" {
  region                 = ${quoted(region, '"')}
  protocol               = "HTTP"
  skip_region_validation = true
  endpoints {
    ecs = "${host}"
  }
}

${[`resource "${type}" "this" {`, ...lines, ...left, '}'].join('\n')}
`
}

function valueText(tree: Tree): string {
  if (tree.kind === 'leaf') return leafText(tree)
  if (tree.kind === 'object') return mapText(tree.fields)
  const tags = tree.items.every((item) => item.kind === 'object')
  return tags ? tagsText(tree.items) : `[${tree.items.map(valueText).join(', ')}]`
}

function leafText({ type, text }: Extract<Tree, { kind: 'leaf' }>): string {
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text
  if (type === 'integer' && /^\d+$/.test(text)) return text
  return template(text)
}

/** Text in HCL, in which `${` and `%{` begin something. */
function template(text: string): string {
  return quoted(text, '"').replace(/[$%](?=\{)/g, (letter) => letter + letter)
}

function mapText(fields: readonly Named[]): string {
  const lines = fields.map(([name, tree]) => `    ${name} = ${valueText(tree)}`)
  return `{\n${lines.join('\n')}\n  }`
}

function tagsText(items: readonly Tree[]): string {
  const lines = items.map((item) => {
    const fields = item.kind === 'object' ? new Map(item.fields) : new Map<string, Tree>()
    const [key, value] = ['Key', 'Value'].map((name) => {
      const tree = fields.get(name)
      return template(tree?.kind === 'leaf' ? tree.text : '')
    })
    return `    ${key} = ${value}`
  })
  return `{\n${lines.join('\n')}\n  }`
}
