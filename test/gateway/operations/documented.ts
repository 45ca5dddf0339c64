/**
 * The error tables of the service's documentation, by action: what stands there must stand in the
 * operation, reachable or with a reason.
 */
const tagCodes = '400 Duplicate.TagKey, InvalidTagKey.Malformed, InvalidTagValue.Malformed'

const commands =
  '400 InvalidImageTemplateCommandSize.ExceededMaxNumber, ' +
  'InvalidImageTemplateCommand.NotSupported, InvalidCommandContent.RUN, ' +
  'InvalidCommandContent.ENV, InvalidCommandContent.WORKDIR, InvalidCommandContent.COPY, ' +
  'InvalidCommandContent.USER, InvalidCommandContent.CMD, InvalidCommandContent.ENTRYPOINT, ' +
  'EmptyCommandContent.LABEL, EmptyCommandContent.ENV, EmptyCommandContent.ENTRYPOINT, ' +
  'EmptyCommandContent.CMD, EmptyCommandContent.COPY, EmptyCommandContent.WORKDIR, ' +
  'EmptyCommandContent.USER, EmptyCommandContent.RUN, NotEmptyCommandContent.RESTART'

const ofTagCalls = [
  '400 NumberExceed.ResourceIds, NumberExceed.Tags, OperationDenied.QuotaExceed',
  tagCodes,
  '400 InvalidTag.Mismatch, InvalidTagCount, Invalid.Scope',
  '403 PermissionDenied.TagOwnerBid, PermissionDenied.TagOwnerUid, PermissionDenied.Scope',
  '403 InvalidResourceId.NotSupported, NoPermission.Tag',
  '404 InvalidRegionId.NotFound, MissingParameter.ResourceIds, MissingParameter.TagOwnerUid',
  '404 MissingParameter.TagOwnerBid, MissingParameter.ResourceType, MissingParameter.Tags',
  '404 MissingParameter.RegionId, InvalidResourceId.NotFound, InvalidResourceType.NotFound',
]

const tables: Readonly<Record<string, readonly string[]>> = {
  CreateImagePipeline: [
    '400 InvalidSourceInstance.NotFound, InvalidName.Malformed, InvalidDescription.Malformed',
    '400 InvalidImageName.Malformed, InvalidBaseImageType.NotSupportedValue',
    '400 InvalidSystemDiskSize.NotSupportedValue, InvalidInternetMaxBandwidthOut.NotSupportedValue',
    '400 InvalidAddAccountSize.ExceededMaxNumber, InvalidToRegionIdSize.ExceededMaxNumber',
    '400 InvalidBuildContent.LengthExceeded, DuplicatedCommand.FROM, InvalidCommandOrder.FROM',
    commands,
    '400 InvalidCommandContent.FROM, QuotaExceed.ImagePipeline, NoPermission',
    '400 InvalidImage.OsTypeUnsupported, InvalidParameter.BuildContent',
    '400 InvalidParameter.TestContent, InvalidImageComponent.NotSupported',
    '400 InvalidParameterCombination, InvalidParameter.RepairMode, InvalidImageFamily.Malformed',
    '400 InvalidImage.ImageOwnerAliasUnsupported',
    '400 InvalidParameter.ImportImageOptionsArchitecture, InvalidParameter.ImportImageOptionsOSType',
    '400 InvalidParameter.ImportImageOptionsBootMode, InvalidParameter.ImportImageOptionsPlatform',
    '400 InvalidParameter.ImportImageOptionsLicenseType',
    '400 InvalidParameter.ImportImageOptionsFeaturesNvmeSupport',
    '400 InvalidParameter.ImportImageOptionsDiskDeviceMappingsFormat',
    '400 InvalidParameter.NvmeSupport',
    '400 InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded',
    '400 InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSObject',
    '400 InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket',
    '400 InvalidOperation.DiskImageSizeExceeded, InvalidImageOptions.Description',
    '400 InvalidImageName.Duplicated, InvalidImage.NotSupportRepair',
    tagCodes,
    '400 InvalidAdvancedOptions.ImageNameSuffix',
    '403 ImagePipeline.NotSupportWindowsInstance, InvalidOSSObject.NotAuthorized',
    '403 InvalidOSSObject.NeedRestore, InvalidOperation.OSSObjectIsImporting',
    '403 InvalidOperation.NoRightAccessOSS',
    '403 InvalidOperation.NoPermissionCreateServiceLinkedRole',
    '404 InvalidImage.NotFound, InvalidResourceGroup.NotFound, ImageComponent.NotFound',
    '404 InvalidInstanceType.NotFound, InvalidVSwitchId.NotFound, InvalidRegionId.NotFound',
    '404 InvalidImportImageOptionsDiskDeviceMappingsOSSObject.NotFound',
    '404 MissingParameter.RepairMode, MissingParameter.ImportImageOptions',
    '404 MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSObject',
    '404 MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket',
    '404 MissingParameter.ImageOptionsDiskDeviceMappings',
  ],
  DescribeImagePipelines: [
    '400 InvalidImagePipelineIdSize.ExceededMaxNumber, InvalidName.Malformed',
    '403 Invalid.NextToken',
  ],
  DeleteImagePipeline: [
    '403 InvalidImagePipeline.HasRunningExecution',
    '404 InvalidImagePipeline.NotFound',
  ],
  StartImagePipelineExecution: [
    '400 InvalidImage.OsTypeUnsupported, InvalidParameter.BuildContent',
    '400 InvalidParameter.TestContent, InvalidImageComponent.NotSupported',
    tagCodes,
    '403 InvalidImagePipeline.HasRunningExecution, InvalidImagePipeline.OSSObjectNotAuthorized',
    '403 InvalidImagePipeline.OSSObjectNeedRestore, InvalidOperation.NoRightAccessOSS',
    '404 InvalidImagePipeline.NotFound, InvalidInstanceType.NotFound, InvalidVSwitchId.NotFound',
    '404 InvalidRegionId.NotFound, InvalidImage.NotFound, ImageComponent.NotFound',
    '404 InvalidImagePipeline.BaseImageNotFound, InvalidImagePipeline.OSSObjectNotFound',
    '500 StartImagePipelineExecution.Failed',
  ],
  CancelImagePipelineExecution: [
    '400 InvalidStatus.CancelFailed',
    '403 InvalidStatus.ImagePipelineExecution',
    '404 InvalidImagePipelineExecution.NotFound, InvalidImagePipelineExecutionId.NotFound',
  ],
  DescribeImagePipelineExecutions: [
    '400 InvalidParameter.Status, MissingParameter.ImagePipelineId',
    '400 InvalidExecutionId.SizeExceeded',
    '403 Invalid.NextToken',
    '404 InvalidImagePipeline.NotFound',
  ],
  CreateImageComponent: [
    '400 InvalidCommand.Component, InvalidName.Malformed, InvalidDescription.Malformed',
    '400 InvalidSystemType.NotSupportedValue, InvalidComponentType.NotSupportedValue',
    '400 InvalidContent.LengthExceeded, MissingParameter.Content',
    commands,
    '400 QuotaExceed.ImageComponent, InvalidParameter.Content, InvalidImage.OsTypeUnsupported',
    '400 InvalidParameter.ComponentVersion',
    '403 InvalidComponentVersion.Exist',
    '403 InvalidOperation.NoPermissionCreateServiceLinkedRole',
    '404 InvalidResourceGroup.NotFound, NotSupportedCommand.FROM',
  ],
  DescribeImageComponents: [
    '400 InvalidParameter.Owner, InvalidImageComponentIdSize.ExceededMaxNumber',
    '400 InvalidSystemType.NotSupportedValue, InvalidComponentType.NotSupportedValue',
    '400 InvalidParameter.ComponentVersion',
    '403 Invalid.NextToken',
  ],
  DeleteImageComponent: ['403 InvalidImageComponent.InUse', '404 InvalidImageComponent.NotFound'],
  TagResources: [
    ...ofTagCalls,
    '403 NoPermissionKey.Scope, QuotaExceed.Tags, TagKey.Duplication',
    '500 ServiceUnavailable',
  ],
  UntagResources: [...ofTagCalls, '403 NoPermissionKey.Scope, Param.Conflict'],
  ListTagResources: [
    ...ofTagCalls,
    '400 InvalidDefaultResourceGroup.NotSupported, InvalidTag.NotSupported, InvalidTags.MalFormed',
    '403 BothEmpty.TagsAndResources, PermissionDenied.TagsFuzzyQuery, NumberExceed.TagValues',
    '403 InvalidFilter.Malformed, InvalidTagFilter.Malformed, Invalid.NextToken',
    '500 ServiceUnavailable, InternalError',
  ],
  JoinResourceGroup: [
    '403 MissingParameter, InvalidResourceGroup.Duplicate',
    '404 InvalidResourceType.NotFound, InvalidResourceGroup.NotFound, InvalidResourceId.NotFound',
  ],
}

/** Status and code of every row that the documentation has for an action. */
export function documented(action: string): readonly string[] {
  return rowsOf(tables[action] ?? [])
}

/** `404 A, B` as rows of their own: `404 A` and `404 B`. */
export function rowsOf(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const [status = '', ...codes] = line.split(/[ ,]+/)
    return codes.map((code) => `${status} ${code}`)
  })
}
