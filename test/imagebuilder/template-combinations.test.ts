import { describe, expect, it } from 'vitest'
import { templateParameters } from '../../src/imagebuilder/parameters/create-template.js'
import { platforms } from '../../src/imagebuilder/parameters/import-image.js'
import { refused } from './refused.js'

const least = { RegionId: 'cn-hangzhou', BaseImageType: 'IMAGE', BaseImage: 'm-base' }
const DiskDeviceMappings = [{ OSSBucket: 'images', OSSObject: 'base.vhd' }]

function importing(options: object) {
  const given = {
    RegionId: 'cn-hangzhou',
    BaseImageType: 'OSS',
    ImportImageOptions: { DiskDeviceMappings, ...options },
  }
  return templateParameters(given).ImportImageOptions
}

describe('what a template leaves out', () => {
  it('has the defaults of the service', () => {
    expect(templateParameters(least)).toEqual({
      ...least,
      SystemDiskSize: 40,
      InternetMaxBandwidthOut: 0,
      DeleteInstanceOnFailure: true,
    })
  })

  it('is the same as what it gives empty', () => {
    const empty = {
      Name: '',
      BuildContent: '',
      ToRegionId: [],
      ImageOptions: { ImageName: '', ImageFeatures: {}, ImageTags: [] },
      AdvancedOptions: {},
      ImportImageOptions: { OSType: '' },
      SystemDiskSize: null,
    }
    expect(templateParameters({ ...least, ...empty })).toEqual(templateParameters(least))
  })

  it('is not missed from an import either', () => {
    expect(importing({})).toEqual({
      DiskDeviceMappings,
      Architecture: 'x86_64',
      OSType: 'linux',
      Platform: 'Others Linux',
      BootMode: 'BIOS',
      LicenseType: 'Auto',
      RetentionStrategy: 'RetainNever',
    })
    expect(
      importing({ OSType: 'windows', Architecture: 'arm64', Features: { ImdsSupport: 'v2' } }),
    ).toMatchObject({
      Platform: 'Other Windows',
      BootMode: 'UEFI',
      Features: { NvmeSupport: 'unsupported', ImdsSupport: 'v2' },
    })
  })
})

describe('values as they come', () => {
  it('may be text for numbers and booleans, and become what they mean', () => {
    const wire = {
      SystemDiskSize: '050',
      InternetMaxBandwidthOut: '0',
      DeleteInstanceOnFailure: 'False',
      AddAccount: [1034567891, '1284387915995949', '1034567891'],
      AdvancedOptions: { RetainCloudAssistant: 'true', ImageNameSuffix: 'disable' },
      OwnerId: 5,
      ResourceOwnerAccount: { what: 'ever' },
    }
    expect(templateParameters({ ...least, ...wire })).toEqual({
      ...least,
      SystemDiskSize: 50,
      InternetMaxBandwidthOut: 0,
      DeleteInstanceOnFailure: false,
      AddAccount: ['1034567891', '1284387915995949', '1034567891'],
      AdvancedOptions: { RetainCloudAssistant: true, ImageNameSuffix: 'disable' },
    })
  })

  it('give a tag without a value the empty one', () => {
    expect(templateParameters({ ...least, Tag: [{ Key: 'k' }] }).Tag).toEqual([
      { Key: 'k', Value: '' },
    ])
  })
})

describe('a deprecated parameter', () => {
  const twins = [
    ['ImageName', 'built', 'other', { ImageName: 'built' }],
    ['ImageFamily', 'family', 'other', { ImageFamily: 'family' }],
    ['NvmeSupport', 'auto', 'supported', { ImageFeatures: { NvmeSupport: 'auto' } }],
  ] as const

  it.each(twins)('%s moves to where its successor lives', (name, value, _, options) => {
    const moved = templateParameters({ ...least, [name]: value })
    expect(moved.ImageOptions).toEqual(options)
    expect(moved).not.toHaveProperty(name)
  })

  it.each(twins)('%s may repeat its successor', (name, value, _, options) => {
    const both = { ...least, [name]: value, ImageOptions: options }
    expect(templateParameters(both).ImageOptions).toEqual(options)
  })

  it.each(twins)('%s may not disagree with its successor', (name, _, other, options) => {
    const error = refused(() =>
      templateParameters({ ...least, [name]: other, ImageOptions: options }),
    )
    expect(error).toMatchObject({ status: 400, code: 'InvalidParameterCombination' })
    expect(error.message).toContain(`${name} is deprecated`)
  })

  it('leaves the other image options as they are', () => {
    const ImageOptions = { Description: 'golden', ImageTags: [{ Key: 'a', Value: 'b' }] }
    expect(templateParameters({ ...least, ImageName: 'built', ImageOptions }).ImageOptions).toEqual(
      {
        ImageName: 'built',
        ...ImageOptions,
      },
    )
  })

  it('RetainImportedImage becomes a RetentionStrategy', () => {
    expect(importing({ RetainImportedImage: true })).toMatchObject({
      RetentionStrategy: 'RetainAlways',
    })
    expect(importing({ RetainImportedImage: 'false' })).toMatchObject({
      RetentionStrategy: 'RetainNever',
    })
    expect(importing({ RetainImportedImage: true })).not.toHaveProperty('RetainImportedImage')
    const options = { RetainImportedImage: true, RetentionStrategy: 'RetainOnlyFailed' }
    expect(refused(() => importing(options)).code).toBe('InvalidParameterCombination')
  })
})

describe('an import', () => {
  it('goes with BaseImageType OSS only', () => {
    const error = refused(() =>
      templateParameters({ ...least, ImportImageOptions: { DiskDeviceMappings } }),
    )
    expect(error.code).toBe('InvalidParameterCombination')
  })

  it('of an arm64 image boots with UEFI only', () => {
    const error = refused(() => importing({ Architecture: 'arm64', BootMode: 'BIOS' }))
    expect(error.code).toBe('InvalidParameter.ImportImageOptionsBootMode')
    expect(error.message).toContain('[UEFI]')
    expect(importing({ BootMode: 'UEFI' })).toMatchObject({ BootMode: 'UEFI' })
  })

  it('of Windows has a Windows platform', () => {
    const error = refused(() => importing({ OSType: 'windows', Platform: 'Ubuntu' }))
    expect(error.code).toBe('InvalidParameter.ImportImageOptionsPlatform')
    expect(error.message).toContain(`[${platforms.windows.join(', ')}]`)
    expect(importing({ OSType: 'windows', Platform: 'Windows Server 2022' })).toMatchObject({
      Platform: 'Windows Server 2022',
    })
    expect(importing({ Platform: 'Rocky Linux' })).toMatchObject({ Platform: 'Rocky Linux' })
  })
})

describe('a repair', () => {
  it('of chosen items has the mode Customized', () => {
    const chosen = { RepairMode: 'Customized', RepairItem: ['grub', 'bcd'] }
    expect(templateParameters({ ...least, ...chosen })).toMatchObject(chosen)
  })

  it('with the mode Customized has items', () => {
    const error = refused(() => templateParameters({ ...least, RepairMode: 'Customized' }))
    expect(error.code).toBe('InvalidParameterCombination')
    expect(error.message).toContain('at least one RepairItem')
  })
})
