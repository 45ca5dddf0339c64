import { rowsOf } from './operations/documented.js'

/**
 * The error tables of the documentation, by action, for the operations on images and for those that
 * clients make on the way; those of templates, components and tags stand beside their tests.
 */
const tagCodes = '400 Duplicate.TagKey, InvalidTagKey.Malformed, InvalidTagValue.Malformed'

const ofTasks = '400 MissingParameter, InvalidRegionId.NotFound, InvalidTaskId.NotFound'

const tables: Readonly<Record<string, readonly string[]>> = {
  DescribeImages: [
    '400 InvalidImageOwnerAlias.ValueNotSupported, InvalidParamter, InvalidTag.Mismatch',
    '400 InvalidTagCount, InvalidInstanceType.ValueNotSupported, InvalidFilterValue.NetworkType',
    '400 InvalidOperation.ImageOwnerIdUnsupported, InvalidImageOwnerAlias.PublicImageUnsupported',
    '400 DryRunOperation',
    '403 CurrentAccount.NotSupportPublicImage',
    '404 InvalidFilterKey.NotFound, InvalidFilterValue, InvalidUsage, InvalidOSType',
    '404 InvalidArchitecture',
    '500 InternalError',
  ],
  DescribeImageFromFamily: ['403 InvalidUser.Unauthorized', '404 InvalidRegionId.NotFound'],
  CopyImage: [
    '400 InvalidImageName.Malformed, InvalidImageName.Duplicated, InvalidDescription.Malformed',
    '400 SourceRegion.NotFound, DestinationRegion.NotFound, IncorrectImageStatus',
    '400 InvalidSnapshotId.NotFound, OperationDenied.CommunityImage',
    '400 OperationDenied.ImageCopyConflict, Account.Arrearage',
    '403 QuotaExceed.Image, QuotaExceed.Snapshot, OperationDenied.ImageCopying',
    '403 RegionNotSupportCopy, IncorrectDestinationRegion, OperationDenied.SameRegionOnly',
    '403 OperationDenied.NonCompliantDestinationRegion, Forbbiden',
    '404 InvalidImageId.NotFound, InvalidResourceGroup.NotFound',
    '409 InvalidOperation.Conflict',
    '500 InternalError',
  ],
  CancelCopyImage: [
    '400 ImageCreatedNotFromCopy, IncorrectImageStatus, CancelNotSupported',
    '404 InvalidRegionId.NotFound, InvalidImageId.NotFound',
    '500 InternalError',
  ],
  DeleteImage: [
    '403 ImageUsingByInstance, ImageUseShared, OperationDenied.ImageCopying, ImageIsImporting',
    '403 ImageIsExporting, ImageIsPublic',
    '404 InvalidImageId.NotFound',
  ],
  CreateImage: [
    tagCodes,
    '400 IdempotenceParamNotMatch, InvalidImageName.Malformed, InvalidImageName.Duplicated',
    '400 InvalidDescription.Malformed, IncorrectInstanceStatus, MissingParameter',
    '400 InvalidImageFamily.Malformed, ImageQuotaExceed.ImageFamily, ImageFamilyQuotaExceed',
    '403 InvalidParamter.Conflict, QuotaExceed.Image, OperationDenied',
    '404 InvalidInstanceId.NotFound, InvalidSnapshotId.NotFound, InvalidResourceGroup.NotFound',
    '500 InternalError',
  ],
  ModifyImageAttribute: [
    '400 InvalidImageName.Malformed, InvalidImageName.Duplicated, InvalidDescription.Malformed',
    '400 ImageQuotaFull.ImageFamily, ImageFamilyQuotaFull, InvalidImageFamily.Malformed',
    '400 InvalidBootMode.NotSupport, InvalidLicenseType.NotSupported',
    '400 InvalidParameter.FeaturesImdsSupport',
    '403 ImageStatus.NotAvailable, ImageStatus.NotDeprecated, ImageUseShared',
    '403 OperationDeined.ImageUsingByInstance, InvalidOperation.FeaturesImdsSupportNotMatch',
    '403 InvalidStatus.ImageIsCreating',
    '404 InvalidImageId.NotFound',
  ],
  ModifyImageSharePermission: [
    '400 MissingParameter, InvalidGroup.Malformed, UnnecessaryParameter.LaunchPermission',
    '403 ImageName.ContainsSensitiveWords, Image.Public, Image.NotPublic, QuotaExceed.ShareImage',
    '403 QuotaExceed.ShareImageUser, InvalidImageId.BidMismatch',
    '403 OperationDenied.InvalidImageStatus, InvalidParameter.IsPublic',
    '404 InvalidImageId.NotFound, InvalidAccount.NotFound, InvalidAccount.Forbbiden',
  ],
  DescribeImageSharePermission: ['400 MissingParameter', '404 InvalidImageId.NotFound'],
  DescribeRegions: [
    '403 Unauthorized.EmptyRegion, Invalid.InstanceChargeType',
    '404 InvalidAcceptLanguage.NotFound, InvalidResourceType.NotFound',
  ],
  DescribeZones: [
    '400 InvalidSpotStrategy',
    '404 InvalidRegionId.NotFound, InvalidInstanceChargeType.NotFound',
    '404 InvalidAcceptLanguage.NotFound',
  ],
  DescribeAvailableResource: [
    '400 Invalid.InstanceChargeType, Invalid.Param, InvalidRegionId.MalFormed',
    '403 InvalidDedicatedHostId.NotFound, InvalidParam.TypeAndCpuMem.Conflict, InvalidParam.Cores',
    '403 InvalidParam.Memory',
    '404 Invalid.RegionId, Unavailable.Regions, Invalid.ResourceType, Invalid.DestinationResource',
    '404 Invalid.IoOptimized, Invalid.NetworkCategory, Invalid.SpotStrategy, Invalid.NetworkType',
    '404 InvalidResourceId.NotFound',
  ],
  DescribeTasks: ['400 MissingParameter, InvalidRegionId.NotFound'],
  DescribeTaskAttribute: [ofTasks],
  CancelTask: [
    ofTasks,
    '403 InvalidTaskId.TaskActionNotSupport, InvalidTaskId.IncorrectTaskStatus, CancelTaskFailed',
  ],
  DescribeVpcs: ['500 InternalError'],
  GetCallerIdentity: ['500 InternalError'],
}

/** Status and code of every row that the documentation has for an action; none where it has none. */
export function documented(action: string): readonly string[] {
  return rowsOf(tables[action] ?? [])
}
