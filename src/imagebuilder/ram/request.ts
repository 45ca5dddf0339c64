/** What somebody wants to do with one resource. */
export interface AccessRequest {
  /** `ecs:StartImagePipelineExecution`. */
  readonly action: string
  /** `acs:ecs:cn-hangzhou:1234567890123456:imagepipeline/ip-…` */
  readonly resource: string
  /** The caller's address; left out where there is none. */
  readonly sourceIp?: string
  /** The tags of the resource, where it exists. */
  readonly resourceTags?: Readonly<Record<string, string>>
}
