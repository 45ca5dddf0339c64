import { describe, expect, it } from 'vitest'
import {
  createImagePipeline,
  templateParameters,
} from '../../src/imagebuilder/parameters/create-template.js'
import { faultsOf } from '../../src/imagebuilder/parameters/rows.js'
import { refused } from './refused.js'

const least = { RegionId: 'cn-hangzhou', BaseImageType: 'IMAGE', BaseImage: 'm-base' }
const disk = { OSSBucket: 'images', OSSObject: 'base.qcow2' }

function fromOss(change: object) {
  return {
    RegionId: 'cn-hangzhou',
    BaseImageType: 'OSS',
    ImportImageOptions: { DiskDeviceMappings: [disk], ...change },
  }
}

function withDisk(change: object) {
  return fromOss({ DiskDeviceMappings: [{ ...disk, ...change }] })
}

function many(count: number, make: (index: number) => unknown) {
  return Array.from({ length: count }, (_, index) => make(index))
}

const tags = (count: number) => many(count, (index) => ({ Key: `k${index}`, Value: '' }))
const tag = (Key: string, Value = '') => ({ Tag: [{ Key, Value }] })

const accepted: readonly (readonly [says: string, change: object])[] = [
  ['a name of 2 characters', { Name: 'ab' }],
  ['a name of 128 characters', { Name: 'a'.repeat(128) }],
  ['a name with every sign that is allowed', { Name: '金a1:_.-' }],
  ['a description of 2 characters', { Description: '金像' }],
  ['a description of 256 characters', { Description: 'd'.repeat(256) }],
  ['an image name of 2 characters', { ImageOptions: { ImageName: 'ab' } }],
  ['an image name of 64 characters', { ImageOptions: { ImageName: 'a'.repeat(64) } }],
  ['an image family of 2 characters', { ImageOptions: { ImageFamily: 'fa' } }],
  ['an image family of 128 characters', { ImageOptions: { ImageFamily: 'f'.repeat(128) } }],
  ['an image description of 256', { ImageOptions: { Description: 'd'.repeat(256) } }],
  ['a disk of 20 GiB', { SystemDiskSize: 20 }],
  ['a disk of 500 GiB', { SystemDiskSize: '500' }],
  ['no bandwidth', { InternetMaxBandwidthOut: 0 }],
  ['a bandwidth of 100', { InternetMaxBandwidthOut: '100' }],
  ['content of 16384 bytes', { BuildContent: 'b'.repeat(16_384), TestContent: '金'.repeat(5461) }],
  ['20 accounts', { AddAccount: many(20, String) }],
  ['20 regions', { ToRegionId: many(20, (index) => `cn-${index}`) }],
  ['20 tags', { Tag: tags(20) }],
  ['a tag key of 128 characters', tag('k'.repeat(128))],
  ['a tag value of 128 characters', tag('k', 'v'.repeat(128))],
  ['a tag value that begins with aliyun', tag('k', 'aliyun')],
  ['a client token of 64 characters', { ClientToken: '~ '.repeat(32) }],
  ['17 disks', fromOss({ DiskDeviceMappings: many(17, () => disk) })],
  ['a disk image of 1 GiB', withDisk({ DiskImageSize: 1 })],
  ['a disk image of 2048 GiB', withDisk({ DiskImageSize: 2048 })],
  ['a bucket of 63 characters', withDisk({ OSSBucket: 'b'.repeat(63) })],
  ['a bucket of 1 character', withDisk({ OSSBucket: '7' })],
  ['an object of 1023 characters', withDisk({ OSSObject: 'o'.repeat(1023) })],
]

type Row = readonly [code: string, says: string, change: object, status?: 400 | 404]

const imported = 'ImportImageOptions'
const mapped = `${imported}DiskDeviceMappings`

const refusedRows: readonly Row[] = [
  ['InvalidName.Malformed', 'a name of 1 character', { Name: 'a' }],
  ['InvalidName.Malformed', 'a name of 129 characters', { Name: 'a'.repeat(129) }],
  ['InvalidName.Malformed', 'a name that starts with a digit', { Name: '1a' }],
  ['InvalidName.Malformed', 'a name that starts with http://', { Name: 'http://a' }],
  ['InvalidName.Malformed', 'a name with a space', { Name: 'a b' }],
  ['InvalidDescription.Malformed', 'a description of 1 character', { Description: 'd' }],
  ['InvalidDescription.Malformed', 'one of 257 characters', { Description: 'd'.repeat(257) }],
  ['InvalidDescription.Malformed', 'one that starts with https://', { Description: 'https://d' }],
  ['InvalidImageName.Malformed', 'an image name of 1 character', { ImageName: 'i' }],
  ['InvalidImageName.Malformed', 'one of 65', { ImageOptions: { ImageName: 'i'.repeat(65) } }],
  ['InvalidImageName.Malformed', 'an imported name of 1', fromOss({ ImageName: 'i' })],
  ['InvalidImageFamily.Malformed', 'a family of 1 character', { ImageFamily: 'f' }],
  ['InvalidImageFamily.Malformed', 'a family of 129', { ImageFamily: 'f'.repeat(129) }],
  ['InvalidImageFamily.Malformed', 'the service’s', { ImageOptions: { ImageFamily: 'acs:f' } }],
  ['InvalidImageFamily.Malformed', 'aliyun’s', { ImageOptions: { ImageFamily: 'aliyun_f' } }],
  ['InvalidImageFamily.Malformed', 'a family with a dot', { ImageFamily: 'f.g' }],
  ['InvalidImageOptions.Description', '1 character', { ImageOptions: { Description: 'd' } }],
  ['InvalidImageOptions.Description', '257', { ImageOptions: { Description: 'd'.repeat(257) } }],
  ['InvalidImageOptions.Description', 'web', { ImageOptions: { Description: 'http://d' } }],
  ['InvalidBaseImageType.NotSupportedValue', 'a lower-case word', { BaseImageType: 'image' }],
  ['InvalidSystemDiskSize.NotSupportedValue', 'a disk of 19 GiB', { SystemDiskSize: 19 }],
  ['InvalidSystemDiskSize.NotSupportedValue', 'a disk of 501 GiB', { SystemDiskSize: '501' }],
  ['InvalidSystemDiskSize.NotSupportedValue', 'half a GiB', { SystemDiskSize: 40.5 }],
  ['InvalidSystemDiskSize.NotSupportedValue', 'a unit', { SystemDiskSize: '40G' }],
  ['InvalidInternetMaxBandwidthOut.NotSupportedValue', '-1', { InternetMaxBandwidthOut: -1 }],
  ['InvalidInternetMaxBandwidthOut.NotSupportedValue', '101', { InternetMaxBandwidthOut: 101 }],
  ['InvalidBuildContent.LengthExceeded', '16385 bytes', { BuildContent: 'b'.repeat(16_385) }],
  ['InvalidParameter.TestContent', '16386 bytes', { TestContent: '金'.repeat(5462) }],
  ['InvalidAddAccountSize.ExceededMaxNumber', '21', { AddAccount: many(21, String) }],
  ['InvalidToRegionIdSize.ExceededMaxNumber', '21', { ToRegionId: many(21, String) }],
  ['NumberExceed.Tags', '21 tags', { Tag: tags(21) }],
  ['NumberExceed.Tags', '21 tags of the image', { ImageOptions: { ImageTags: tags(21) } }],
  ['Duplicate.TagKey', 'two tags of one key', { Tag: [{ Key: 'k' }, { Key: 'k', Value: 'v' }] }],
  ['InvalidTagKey.Malformed', 'an empty key', tag('')],
  ['InvalidTagKey.Malformed', 'no key', { Tag: [{ Value: 'v' }] }],
  ['InvalidTagKey.Malformed', 'a key of 129 characters', tag('k'.repeat(129))],
  ['InvalidTagKey.Malformed', 'a key that starts with aliyun', tag('aliyun')],
  ['InvalidTagKey.Malformed', 'a key that starts with acs:', tag('acs:k')],
  ['InvalidTagKey.Malformed', 'a key with https:// in it', tag('k https://k')],
  ['InvalidTagValue.Malformed', 'a value of 129 characters', tag('k', 'v'.repeat(129))],
  ['InvalidTagValue.Malformed', 'a value that starts with acs:', tag('k', 'acs:v')],
  ['InvalidTagValue.Malformed', 'a value with http:// in it', tag('k', 'v http://v')],
  ['InvalidParameter.NvmeSupport', 'a word of its own', { NvmeSupport: 'yes' }],
  ['InvalidParameter.RepairMode', 'a word of its own', { RepairMode: 'None' }],
  [
    'InvalidAdvancedOptions.ImageNameSuffix',
    'a word of its own',
    { AdvancedOptions: { ImageNameSuffix: 'no' } },
  ],
  [`InvalidParameter.${imported}Architecture`, 'i386', fromOss({ Architecture: 'i386' })],
  [`InvalidParameter.${imported}OSType`, 'a capital', fromOss({ OSType: 'Linux' })],
  [`InvalidParameter.${imported}Platform`, 'an unknown one', fromOss({ Platform: 'Arch' })],
  [`InvalidParameter.${imported}BootMode`, 'a lower-case word', fromOss({ BootMode: 'uefi' })],
  [`InvalidParameter.${imported}LicenseType`, 'an unknown one', fromOss({ LicenseType: 'Free' })],
  [
    `InvalidParameter.${imported}FeaturesNvmeSupport`,
    'auto, which only a built image may have',
    fromOss({ Features: { NvmeSupport: 'auto' } }),
  ],
  [`InvalidParameter.${mapped}Format`, 'an unknown one', withDisk({ Format: 'ISO' })],
  [`InvalidParameter.${mapped}OSSBucket`, '64 characters', withDisk({ OSSBucket: 'b'.repeat(64) })],
  [`InvalidParameter.${mapped}OSSBucket`, 'a dash at the end', withDisk({ OSSBucket: 'b-' })],
  [`InvalidParameter.${mapped}OSSBucket`, 'a capital', withDisk({ OSSBucket: 'Images' })],
  [`InvalidParameter.${mapped}OSSObject`, '1024', withDisk({ OSSObject: 'o'.repeat(1024) })],
  [`InvalidParameter.${mapped}OSSObject`, 'a URL', withDisk({ OSSObject: 'https://o' })],
  ['InvalidOperation.DiskImageSizeExceeded', '0 GiB', withDisk({ DiskImageSize: 0 })],
  ['InvalidOperation.DiskImageSizeExceeded', '2049 GiB', withDisk({ DiskImageSize: 2049 })],
  [
    `Invalid${mapped}.LengthLimitExceeded`,
    '18 disks',
    fromOss({ DiskDeviceMappings: many(18, () => disk) }),
  ],
  ['MissingParameter', 'no RegionId', { RegionId: undefined }],
  ['MissingParameter', 'no BaseImageType', { BaseImageType: '' }],
  ['MissingParameter', 'an IMAGE without BaseImage', { BaseImage: null }],
  ['MissingParameter', 'a family without', { BaseImageType: 'IMAGE_FAMILY', BaseImage: '' }],
  [
    'MissingParameter.ImportImageOptions',
    'OSS without ImportImageOptions',
    { BaseImageType: 'OSS' },
    404,
  ],
  [
    'MissingParameter.ImageOptionsDiskDeviceMappings',
    'an import without disks',
    { BaseImageType: 'OSS', ImportImageOptions: { OSType: 'linux' } },
    404,
  ],
  [`MissingParameter.${mapped}OSSBucket`, 'no bucket', withDisk({ OSSBucket: '' }), 404],
  [`MissingParameter.${mapped}OSSObject`, 'no object', withDisk({ OSSObject: undefined }), 404],
  ['MissingParameter.RepairMode', 'items without a mode', { RepairItem: ['grub'] }, 404],
  ['InvalidParameterCombination', 'items and All', { RepairMode: 'All', RepairItem: ['grub'] }],
  ['InvalidParameter', 'an unknown parameter', { Colour: 'red' }],
  ['InvalidParameter', 'an unknown repair', { RepairMode: 'Customized', RepairItem: ['roof'] }],
  ['InvalidParameter', 'an account that is no number', { AddAccount: ['me'] }],
  ['InvalidParameter', 'an account of 21 digits', { AddAccount: ['1'.repeat(21)] }],
  ['InvalidParameter', 'an empty region in the list', { ToRegionId: ['cn-beijing', ''] }],
  ['InvalidParameter', 'a region that is not in a list', { ToRegionId: 'cn-beijing' }],
  ['InvalidParameter', 'options that are no object', { ImageOptions: 'all' }],
  ['InvalidParameter', 'a word for a boolean', { DeleteInstanceOnFailure: 'yes' }],
  ['InvalidParameter', 'a client token of 65 characters', { ClientToken: 't'.repeat(65) }],
  ['InvalidParameter', 'a client token that is not ASCII', { ClientToken: '金' }],
]

describe('a template', () => {
  it.each(accepted)('may have %s', (_, change) => {
    expect(() => templateParameters({ ...least, ...change })).not.toThrow()
  })

  for (const [code, says, change, status = 400] of refusedRows) {
    it(`is refused as ${code} for ${says}`, () => {
      const error = refused(() => templateParameters({ ...least, ...change }))
      expect({ code: error.code, status: error.status }).toEqual({ code, status })
      expect(error.message).not.toMatch(/[{}]|undefined|\[object/)
      expect(error.details).toMatchObject({ Reason: expect.stringMatching(/[.?]$/) })
    })
  }

  it('can be refused for its parameters alone with no code that is not tested here', () => {
    const declared = faultsOf(createImagePipeline).map((fault) => fault.code)
    const tested = new Set(refusedRows.map(([code]) => code))
    expect(declared.toSorted()).toEqual([...tested].toSorted())
  })
})

describe('the message of a refusal', () => {
  const messageOf = (change: object) =>
    refused(() => templateParameters({ ...least, ...change })).message

  it('says what is wrong, the limits, and the fix', () => {
    expect(messageOf({ SystemDiskSize: 19 })).toBe(
      'The parameter "SystemDiskSize" is not valid: 19 is out of range. ' +
        'Legal: a whole number from 20 to 500 GiB.',
    )
    expect(messageOf({ BaseImageType: 'IMAGES' })).toBe(
      'The parameter "BaseImageType" is not valid: "IMAGES" is not a legal word. ' +
        'Legal: one of IMAGE, IMAGE_FAMILY, OSS. Did you mean "IMAGE"?',
    )
    expect(messageOf({ Name: 12 })).toBe(
      'The parameter "Name" must be text, not a number. Put the value in quotes.',
    )
  })

  it('counts list items from 1, as the wire does', () => {
    const error = refused(() =>
      templateParameters({ ...least, Tag: [{ Key: 'a' }, { Key: 'b' }, { Key: 'a' }] }),
    )
    expect(error.message).toBe('The Tag.N.Key contain duplicate key.')
    expect(error.details).toEqual({
      Parameter: 'Tag.3.Key',
      Reason: '"Tag.3.Key" repeats "Tag.1.Key".',
    })
  })

  it('names an unknown parameter and the nearest legal one', () => {
    expect(messageOf({ BaseImag: 'm-1' })).toBe(
      'The parameter "BaseImag" is not one that CreateImagePipeline takes. ' +
        'Did you mean "BaseImage"?',
    )
    expect(messageOf({ ImageOptions: { imageName: 'ab' } })).toBe(
      'The parameter "ImageOptions.imageName" is not one that CreateImagePipeline takes. ' +
        'Did you mean "ImageOptions.ImageName"?',
    )
  })

  it('keeps the service’s own text where that is known', () => {
    expect(messageOf({ RegionId: '' })).toBe(
      'The input parameter "RegionId" that is mandatory for processing this request ' +
        'is not supplied.',
    )
    expect(messageOf({ NvmeSupport: 'yes' })).toBe(
      'The specified parameter NvmeSupport is invalid. ' +
        'The correct value should be in [supported, unsupported, auto].',
    )
  })

  it('stays short for a value that is not', () => {
    expect(messageOf({ Name: '金'.repeat(5000) }).length).toBeLessThan(400)
    expect(messageOf({ ['x'.repeat(5000)]: 1 }).length).toBeLessThan(400)
  })

  it('warns that a JSON number may have lost digits', () => {
    expect(messageOf({ AddAccount: [2 ** 63] })).toContain('write it as text')
  })

  it('never comes from a prototype', () => {
    expect(messageOf(JSON.parse('{"constructor": 1}'))).toContain('"constructor"')
    const raw: object = JSON.parse(`{"__proto__": ${JSON.stringify(least)}}`)
    expect(refused(() => templateParameters(raw)).message).toContain('"__proto__"')
    expect(refused(() => templateParameters(Object.create(least))).code).toBe('MissingParameter')
  })

  it.each([null, undefined, 'RegionId=cn-hangzhou', 7, []])('refuses %j as a request', (raw) => {
    expect(refused(() => templateParameters(raw)).code).toBe('InvalidParameter')
  })
})
