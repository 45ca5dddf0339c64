import { invalidCombination } from './common.js'
import type { createTemplateFields } from './create-template-fields.js'
import { missingNotFound, missingParameter } from './fault.js'
import type { Checked, Rule } from './field.js'
import { invalidBootMode, invalidPlatform, platforms } from './import-image.js'

type Request = Checked<typeof createTemplateFields>
type TemplateRule = Rule<Request>

/** What must hold between the parameters of CreateImagePipeline. */
export const createTemplateRules: readonly TemplateRule[] = [
  {
    says: 'BaseImage is required unless BaseImageType is OSS.',
    name: 'BaseImage',
    fault: missingParameter,
    broken: ({ BaseImageType, BaseImage }) =>
      BaseImageType !== 'OSS' && BaseImage === undefined
        ? { reason: `BaseImageType ${BaseImageType} needs a BaseImage.` }
        : undefined,
  },
  {
    says: 'BaseImageType OSS needs ImportImageOptions.',
    name: 'ImportImageOptions',
    fault: missingNotFound('ImportImageOptions'),
    broken: ({ BaseImageType, ImportImageOptions }) =>
      BaseImageType === 'OSS' && ImportImageOptions === undefined
        ? { reason: 'BaseImageType OSS needs ImportImageOptions with DiskDeviceMappings.' }
        : undefined,
  },
  {
    says: 'ImportImageOptions go with BaseImageType OSS only.',
    name: 'ImportImageOptions',
    fault: invalidCombination,
    broken: ({ BaseImageType, ImportImageOptions }) =>
      BaseImageType !== 'OSS' && ImportImageOptions !== undefined
        ? {
            reason:
              `ImportImageOptions go with BaseImageType OSS, not ${BaseImageType}. ` +
              'Change BaseImageType or leave ImportImageOptions out.',
          }
        : undefined,
  },
  {
    says: 'ImportImageOptions need at least one of DiskDeviceMappings.',
    name: 'ImportImageOptions.DiskDeviceMappings',
    fault: missingNotFound('ImageOptionsDiskDeviceMappings'),
    broken: ({ ImportImageOptions: options }) =>
      options !== undefined && options.DiskDeviceMappings === undefined
        ? { reason: 'ImportImageOptions.DiskDeviceMappings must name the file of the system disk.' }
        : undefined,
  },
  {
    says: 'ImportImageOptions.BootMode is UEFI for arm64.',
    name: 'ImportImageOptions.BootMode',
    fault: invalidBootMode,
    broken: ({ ImportImageOptions: options }) =>
      options?.Architecture === 'arm64' && options.BootMode === 'BIOS'
        ? { reason: 'An arm64 image boots with UEFI only.', values: ['UEFI'] }
        : undefined,
  },
  {
    says: 'ImportImageOptions.Platform belongs to ImportImageOptions.OSType.',
    name: 'ImportImageOptions.Platform',
    fault: invalidPlatform,
    broken: ({ ImportImageOptions: options }) => {
      if (options?.Platform === undefined) return undefined
      const values: readonly string[] = platforms[options.OSType]
      return values.includes(options.Platform)
        ? undefined
        : { reason: `Platform ${options.Platform} is not of OSType ${options.OSType}.`, values }
    },
  },
  {
    says: 'RepairItem needs RepairMode.',
    name: 'RepairMode',
    fault: missingNotFound('RepairMode'),
    broken: ({ RepairMode, RepairItem }) =>
      RepairMode === undefined && RepairItem !== undefined
        ? { reason: 'RepairItem is given, so RepairMode must be Customized.' }
        : undefined,
  },
  {
    says: 'RepairItem and RepairMode Customized go together.',
    name: 'RepairItem',
    fault: invalidCombination,
    broken: ({ RepairMode, RepairItem }) =>
      RepairMode !== undefined && (RepairMode === 'Customized') !== (RepairItem !== undefined)
        ? {
            reason:
              RepairItem === undefined
                ? 'RepairMode Customized needs at least one RepairItem.'
                : `RepairItem goes with RepairMode Customized, not ${RepairMode}.`,
          }
        : undefined,
  },
  twins('ImageName', 'ImageOptions.ImageName', (request) => [
    request.ImageName,
    request.ImageOptions?.ImageName,
  ]),
  twins('ImageFamily', 'ImageOptions.ImageFamily', (request) => [
    request.ImageFamily,
    request.ImageOptions?.ImageFamily,
  ]),
  twins('NvmeSupport', 'ImageOptions.ImageFeatures.NvmeSupport', (request) => [
    request.NvmeSupport,
    request.ImageOptions?.ImageFeatures?.NvmeSupport,
  ]),
  twins(
    'ImportImageOptions.RetainImportedImage',
    'ImportImageOptions.RetentionStrategy',
    ({ ImportImageOptions: options }) => [
      strategyOf(options?.RetainImportedImage),
      options?.RetentionStrategy,
    ],
  ),
]

/** The RetentionStrategy that the deprecated RetainImportedImage stands for. */
export function strategyOf(retain: boolean | undefined) {
  if (retain === undefined) return undefined
  return retain ? 'RetainAlways' : 'RetainNever'
}

/** A deprecated parameter may be given beside its successor only if both say the same. */
function twins(
  old: string,
  successor: string,
  read: (request: Request) => readonly [string | undefined, string | undefined],
): TemplateRule {
  return {
    says: `${old} and ${successor} may not disagree.`,
    name: old,
    fault: invalidCombination,
    broken: (request) => {
      const [left, right] = read(request)
      if (left === undefined || right === undefined || left === right) return undefined
      const reason =
        `${old} is deprecated and disagrees with ${successor} ("${left}" and "${right}"). ` +
        `Give ${successor} only.`
      return { reason }
    },
  }
}
