import { expect, it } from 'vitest'
import type { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import { imagesSeen, type SeenImage } from '../../src/imagebuilder/images/seen.js'
import { labelsOf } from '../../src/imagebuilder/labels/labels.js'
import { deleteRow, insertRow } from '../../src/imagebuilder/rows.js'
import { worldOf } from '../../src/imagebuilder/world-setting.js'
import { account, baked, overStores, region, template } from './operations.js'

const arm = 'ubuntu_24_04_arm64_20G_alibase_20250527.vhd'
const Tag = [{ Key: 'team', Value: 'web' }]
const asked = {
  BaseImage: arm,
  SystemDiskSize: 60,
  ToRegionId: ['cn-beijing'],
  ImageOptions: { Description: 'the web server', ImageTags: Tag },
}
const built = {
  Description: 'the web server',
  Architecture: 'arm64',
  BootMode: 'UEFI',
  Platform: 'Ubuntu',
  Size: 60,
  Tag,
}

/** The account's own images that were made in a region. */
function made(builder: ImageBuilder, at = region): Promise<readonly SeenImage[]> {
  return builder.engine.read((catalog) =>
    imagesSeen({ account, world: worldOf(catalog), catalog, region: at }).filter(
      (image) => image.made !== null,
    ),
  )
}

/** What is said of the images of single executions, by their ids. */
async function ownTraits(builder: ImageBuilder): Promise<object> {
  const rows = await builder.engine.read((reader) => reader.catalogFind({ kind: 'imageTraits' }))
  return Object.fromEntries(rows.map(({ key, body }) => [key, body]))
}

/** How an image of the account is in the world. */
function base(builder: ImageBuilder, like: object): Promise<unknown> {
  return builder.editWorld({ images: [{ ImageId: 'm-base', ...like }] })
}

const plainBase = { Platform: 'Others Linux', OSName: 'Others Linux 64-bit', Size: 40 }

overStores('the images of an execution', (open) => {
  it('are like its template says, and nothing is written of them at the start', async () => {
    const builder = await open()
    await baked(builder, await template(builder, asked))
    expect(await ownTraits(builder)).toEqual({})
    for (const at of [region, 'cn-beijing']) expect(await made(builder, at)).toMatchObject([built])
    const [image] = await made(builder)
    const resource = { type: 'image', id: image?.ImageId ?? '', region } as const
    expect(await builder.engine.read((reader) => labelsOf(reader, resource).Tag)).toEqual(Tag)
  })

  it('stay as they are when their template is deleted', async () => {
    const builder = await open()
    const id = await template(builder, asked)
    const executions = [await baked(builder, id), await baked(builder, id)]
    const before = await made(builder)
    expect(before).toMatchObject([built, built])
    await builder.deleteTemplate({ RegionId: region, ImagePipelineId: id })
    expect(await made(builder)).toEqual(before)
    expect(Object.keys(await ownTraits(builder)).sort()).toEqual(executions.sort())
  })

  it('of which there are none leave nothing of them behind', async () => {
    const builder = await open([{ task: 'buildImage', fail: 'No.' }])
    const id = await template(builder, asked)
    await baked(builder, id)
    await builder.deleteTemplate({ RegionId: region, ImagePipelineId: id })
    expect(await ownTraits(builder)).toEqual({})
  })

  it.each([
    ['is another', { Platform: 'Debian', Size: 80 }, { Platform: 'CentOS', Size: 50 }],
    ['has become plain', { Platform: 'Debian', Size: 80 }, plainBase],
    ['was plain before', plainBase, { Platform: 'CentOS', Size: 50 }],
    ['has another system', plainBase, { OSType: 'windows', Platform: 'Windows Server 2022' }],
  ])('are like its base image at the start, which %s', async (_name, before, after) => {
    const builder = await open()
    await base(builder, before)
    const id = await template(builder, { BaseImage: 'm-base' })
    const first = await baked(builder, id)
    expect(await ownTraits(builder)).toEqual({})
    await base(builder, after)
    const second = await baked(builder, id)
    const likeThen = async () => {
      const images = await made(builder)
      const of = (execution: string) =>
        images.find(({ made: row }) => row?.ExecutionId === execution)
      expect(of(first)).toMatchObject(before)
      expect(of(second)).toMatchObject(after)
    }
    await likeThen()
    expect(Object.keys(await ownTraits(builder))).toEqual([second])
    await builder.deleteTemplate({ RegionId: region, ImagePipelineId: id })
    await likeThen()
  })

  it('are like its base image where the template, of an older file, does not say it', async () => {
    const builder = await open()
    const id = await template(builder, asked)
    const [row] = await builder.templates({ id })
    if (row === undefined) throw new Error('there is no template')
    const { ImageTraits, ...older } = row
    await builder.engine.transact((tx) => tx.catalogWrite(deleteRow('template', id)))
    await builder.engine.transact((tx) => tx.catalogWrite(insertRow('template', id, older)))
    const execution = await baked(builder, id)
    expect(await made(builder)).toMatchObject([built])
    expect(await ownTraits(builder)).toEqual({ [execution]: ImageTraits })
  })
})
