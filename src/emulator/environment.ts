import type { World } from '../imagebuilder/world/types.js'

/** A variable that clients read, and which of them do. */
export interface Variable {
  readonly name: string
  readonly value: string
  readonly readBy: string
}

/** What a client is told of an emulator. */
export interface Target {
  /** `127.0.0.1:4526` */
  readonly endpoint: string
  readonly url: string
  readonly region: string
  readonly accessKeyId: string
  readonly accessKeySecret: string
}

/** Let in while a world names no keys; clients refuse to start without any. */
const anyKey = { accessKeyId: 'bakeline', accessKeySecret: 'bakeline' }

/** The key that a world has for its own account, or any key while it has none. */
export function keyOf({ accessKeys, account }: World): typeof anyKey {
  const own = accessKeys.find(
    (key) =>
      key.account === account && key.securityToken === undefined && key.status !== 'Inactive',
  )
  if (own === undefined) return anyKey
  return { accessKeyId: own.AccessKeyId, accessKeySecret: own.AccessKeySecret }
}

const sdks = 'the SDKs of every language, through their default credentials'

/** The environment that points clients at an emulator. Which of them reads what is in docs/clients. */
export function environmentOf(target: Target): readonly Variable[] {
  const { endpoint, url, region, accessKeyId, accessKeySecret } = target
  const all: readonly (readonly [name: string, value: string, readBy: string])[] = [
    ['ALIBABA_CLOUD_ACCESS_KEY_ID', accessKeyId, `${sdks}; aliyun CLI; Terraform; Pulumi`],
    ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', accessKeySecret, `${sdks}; aliyun CLI; Terraform; Pulumi`],
    ['ALIBABA_CLOUD_REGION_ID', region, 'aliyun CLI'],
    ['ALIBABA_CLOUD_ENDPOINT', endpoint, 'aliyun CLI, from the version on that has it'],
    ['ALIBABA_CLOUD_REGION', region, 'Terraform; Pulumi'],
    ['ALIBABA_CLOUD_ENDPOINT_ECS', endpoint, 'Terraform; Pulumi'],
    ['ECS_ENDPOINT', endpoint, 'Terraform, older resources of the provider'],
    ['ALIBABA_CLOUD_ENDPOINT_VPC', endpoint, 'Terraform; Pulumi'],
    ['VPC_ENDPOINT', endpoint, 'Terraform, older resources of the provider'],
    ['ALIBABA_CLOUD_ENDPOINT_STS', endpoint, 'Terraform; Pulumi'],
    ['STS_ENDPOINT', endpoint, 'Terraform, older resources of the provider'],
    ['ALIBABA_CLOUD_ENDPOINT_RESOURCEMANAGER', endpoint, 'Terraform; Pulumi'],
    ['ALIBABA_CLOUD_ENDPOINT_BSSOPENAPI', endpoint, 'Terraform; Pulumi, while they configure'],
    ['LOCATION_ENDPOINT', endpoint, 'Terraform; Pulumi, to find endpoints of products'],
    ['ALICLOUD_ACCESS_KEY', accessKeyId, 'Packer; Terraform'],
    ['ALICLOUD_SECRET_KEY', accessKeySecret, 'Packer; Terraform'],
    ['ALICLOUD_REGION', region, 'Packer; Terraform'],
    ['BAKELINE_URL', url, 'your own code: no SDK reads its endpoint from the environment'],
  ]
  return all.map(([name, value, readBy]) => ({ name, value, readBy }))
}
