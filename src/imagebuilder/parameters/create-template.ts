import { check } from './check.js'
import { createTemplateFields } from './create-template-fields.js'
import { createTemplateRules, strategyOf } from './create-template-rules.js'
import { operation } from './field.js'
import type { Checked, Value } from './field.js'

export const createImagePipeline = operation({
  action: 'CreateImagePipeline',
  docs: 'Creates a template: what to build from what, where to copy it, whom to share it with.',
  fields: createTemplateFields,
  rules: createTemplateRules,
})

type Request = Checked<typeof createTemplateFields>
type Given = Value<(typeof createTemplateFields)['ImportImageOptions']>
type Merged = 'ImageName' | 'ImageFamily' | 'NvmeSupport' | 'ImportImageOptions'

export type ImageOptions = Value<(typeof createTemplateFields)['ImageOptions']>

/** How to import from OSS, with every default filled in. */
export type ImportImageOptions = Omit<Given, 'RetainImportedImage'> &
  Required<Pick<Given, 'Platform' | 'BootMode' | 'RetentionStrategy'>>

/** What CreateImagePipeline was asked for, in normal form; deprecated twins are merged. */
export type TemplateParameters = Omit<Request, Merged> & {
  readonly ImportImageOptions?: ImportImageOptions
}

/**
 * Checks the parameters of CreateImagePipeline by themselves. Whether what they name exists, and
 * whether the content can be read, is checked elsewhere.
 *
 * @throws EcsError with the service's status and code for the first broken limit
 */
export function templateParameters(raw: unknown): TemplateParameters {
  const checked = check(createImagePipeline, raw)
  const { ImageName, ImageFamily, NvmeSupport, ImageOptions, ImportImageOptions, ...rest } = checked
  const options = mergeImageOptions({ ImageName, ImageFamily, NvmeSupport, ImageOptions })
  return {
    ...rest,
    ...(options === undefined ? {} : { ImageOptions: options }),
    ...(ImportImageOptions === undefined
      ? {}
      : { ImportImageOptions: completeImport(ImportImageOptions) }),
  }
}

interface Twins {
  readonly ImageName: string | undefined
  readonly ImageFamily: string | undefined
  readonly NvmeSupport: Request['NvmeSupport']
  readonly ImageOptions: ImageOptions | undefined
}

/** The deprecated twins move to where their successors live; that they agree has been checked. */
function mergeImageOptions(twins: Twins): ImageOptions | undefined {
  const { ImageName, ImageFamily, NvmeSupport, ImageOptions } = twins
  const merged = {
    ...(ImageName === undefined ? {} : { ImageName }),
    ...(ImageFamily === undefined ? {} : { ImageFamily }),
    ...(NvmeSupport === undefined ? {} : { ImageFeatures: { NvmeSupport } }),
    ...ImageOptions,
  }
  return Object.keys(merged).length === 0 ? undefined : merged
}

function completeImport(given: Given): ImportImageOptions {
  const { RetainImportedImage, ...options } = given
  return {
    ...options,
    Platform: options.Platform ?? (options.OSType === 'linux' ? 'Others Linux' : 'Other Windows'),
    BootMode: options.BootMode ?? (options.Architecture === 'arm64' ? 'UEFI' : 'BIOS'),
    RetentionStrategy:
      options.RetentionStrategy ?? strategyOf(RetainImportedImage) ?? 'RetainNever',
  }
}
