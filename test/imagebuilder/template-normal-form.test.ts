import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { templateParameters } from '../../src/imagebuilder/parameters/create-template.js'
import type { TemplateParameters } from '../../src/imagebuilder/parameters/create-template.js'
import { platforms } from '../../src/imagebuilder/parameters/import-image.js'

const { constantFrom, integer, option, record, uniqueArray } = fc

const letters = (min: number, max: number) =>
  fc.stringMatching(new RegExp(`^[a-zA-Z][a-zA-Z0-9:_-]{${min - 1},${max - 1}}$`))
const words = (max: number) =>
  fc.string({ minLength: 2, maxLength: max, unit: 'grapheme-ascii' }).map((text) => `w${text}`)

/** A number as JSON or as the wire has it. */
const number = (min: number, max: number) =>
  integer({ min, max }).chain((value) => constantFrom<number | string>(value, String(value)))
const boolean = constantFrom<boolean | string>(true, false, 'true', 'FALSE')
const nvme = constantFrom('supported', 'unsupported', 'auto')

const tags = uniqueArray(record({ Key: letters(1, 8), Value: words(20) }), {
  maxLength: 20,
  selector: (tag) => tag.Key,
})

const imageOptions = record(
  {
    ImageName: letters(2, 64),
    ImageFamily: letters(2, 128).map((name) => `f${name}`.slice(0, 128)),
    Description: words(200),
    ImageFeatures: record({ NvmeSupport: nvme }, { requiredKeys: [] }),
    ImageTags: tags,
  },
  { requiredKeys: [] },
)

const disk = record(
  {
    OSSBucket: fc.stringMatching(/^[a-z0-9]{1,63}$/),
    OSSObject: letters(1, 30),
    Format: constantFrom('RAW', 'VHD', 'QCOW2'),
    DiskImageSize: number(1, 2048),
  },
  { requiredKeys: ['OSSBucket', 'OSSObject'] },
)

const importOptions = record(
  {
    DiskDeviceMappings: fc.array(disk, { minLength: 1, maxLength: 17 }),
    Architecture: constantFrom('x86_64', 'arm64'),
    Platform: constantFrom(...platforms.linux),
    BootMode: fc.constant('UEFI'),
    LicenseType: constantFrom('Auto', 'Aliyun', 'BYOL'),
    ImageName: letters(2, 128),
    RetainImportedImage: boolean,
    Features: record({ ImdsSupport: constantFrom('v1', 'v2') }, { requiredKeys: [] }),
    ImportImageTags: tags,
  },
  { requiredKeys: ['DiskDeviceMappings'] },
)

const base = fc.oneof(
  record({ BaseImageType: constantFrom('IMAGE', 'IMAGE_FAMILY'), BaseImage: words(20) }),
  record({ BaseImageType: fc.constant('OSS'), ImportImageOptions: importOptions }),
)

const repair = constantFrom<object>(
  {},
  { RepairMode: 'Standard' },
  { RepairMode: 'All' },
  { RepairMode: 'Customized', RepairItem: ['fstab', 'grub'] },
)

const rest = record(
  {
    Name: letters(2, 128),
    Description: words(200),
    VSwitchId: letters(1, 20),
    InstanceType: letters(1, 20),
    SystemDiskSize: number(20, 500),
    InternetMaxBandwidthOut: number(0, 100),
    DeleteInstanceOnFailure: boolean,
    BuildContent: words(1000),
    TestContent: words(1000),
    ResourceGroupId: letters(1, 20),
    AddAccount: fc.array(number(0, 2 ** 40), { maxLength: 20 }),
    ToRegionId: fc.array(letters(1, 20), { maxLength: 20 }),
    Tag: tags,
    ClientToken: letters(1, 64),
    ImageOptions: imageOptions,
    AdvancedOptions: record(
      { RetainCloudAssistant: boolean, ImageNameSuffix: option(fc.constant('disable')) },
      { requiredKeys: [] },
    ),
    OwnerId: fc.jsonValue(),
  },
  { requiredKeys: [] },
)

const request = fc
  .tuple(base, repair, rest)
  .map((parts) => Object.assign({ RegionId: 'cn-hangzhou' }, ...parts) as object)

describe('the normal form of a template', () => {
  it('exists for every subset of legal parameters, and is its own normal form', () => {
    fc.assert(
      fc.property(request, (raw) => {
        const once = templateParameters(raw)
        expect(templateParameters(once)).toEqual(once)
        expect(JSON.parse(JSON.stringify(once))).toEqual(once)
      }),
    )
  })

  it('is never reached by changing the request', () => {
    fc.assert(
      fc.property(request, (raw) => {
        const before = structuredClone(raw)
        templateParameters(raw)
        expect(raw).toEqual(before)
      }),
    )
  })

  it('has the types of its table', () => {
    expectTypeOf<TemplateParameters['RegionId']>().toEqualTypeOf<string>()
    expectTypeOf<TemplateParameters['SystemDiskSize']>().toEqualTypeOf<number>()
    expectTypeOf<TemplateParameters['DeleteInstanceOnFailure']>().toEqualTypeOf<boolean>()
    expectTypeOf<TemplateParameters['BaseImageType']>().toEqualTypeOf<
      'IMAGE' | 'IMAGE_FAMILY' | 'OSS'
    >()
    expectTypeOf<NonNullable<TemplateParameters['AddAccount']>>().toEqualTypeOf<readonly string[]>()
    expectTypeOf<TemplateParameters>().not.toHaveProperty('OwnerId')
    expectTypeOf<TemplateParameters>().not.toHaveProperty('ImageName')
    const { ImportImageOptions } = templateParameters({
      RegionId: 'cn-hangzhou',
      BaseImageType: 'OSS',
      ImportImageOptions: { DiskDeviceMappings: [{ OSSBucket: 'b', OSSObject: 'o' }] },
    })
    expectTypeOf(ImportImageOptions!.BootMode).toEqualTypeOf<'BIOS' | 'UEFI'>()
  })
})
