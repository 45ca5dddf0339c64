import { describe, expect, it } from 'vitest'
import { cancelImagePipelineExecution } from '../../src/imagebuilder/parameters/cancel-execution.js'
import { createImageComponent } from '../../src/imagebuilder/parameters/create-component.js'
import { createImagePipeline } from '../../src/imagebuilder/parameters/create-template.js'
import { deleteImageComponent } from '../../src/imagebuilder/parameters/delete-component.js'
import { deleteImagePipeline } from '../../src/imagebuilder/parameters/delete-template.js'
import { fault } from '../../src/imagebuilder/parameters/fault.js'
import { operation } from '../../src/imagebuilder/parameters/field.js'
import { check } from '../../src/imagebuilder/parameters/check.js'
import { faultsOf, parameterRows } from '../../src/imagebuilder/parameters/rows.js'
import { startImagePipelineExecution } from '../../src/imagebuilder/parameters/start-execution.js'
import { refused } from './refused.js'

const operations = [
  createImagePipeline,
  createImageComponent,
  startImagePipelineExecution,
  cancelImagePipelineExecution,
  deleteImagePipeline,
  deleteImageComponent,
]

describe('the rows of an operation', () => {
  it.each(operations)('$action: every row can be read by a stranger', ({ docs, fields }) => {
    expect(docs).toMatch(/^[A-Z].*\.$/)
    for (const row of parameterRows({ fields })) {
      expect(row.docs, row.name).toMatch(/^[A-Z].*\.$/)
      expect(row.name).toMatch(/^[A-Za-z]+(\.[A-Za-z]+)*$/)
    }
  })

  it('have the names of the wire, limits, defaults and codes', () => {
    const rows = parameterRows(createImagePipeline)
    const row = (name: string) => rows.find((each) => each.name === name)
    expect(row('SystemDiskSize')).toMatchObject({
      type: 'integer',
      required: false,
      otherwise: '40',
      limits: 'a whole number from 20 to 500 GiB',
      faults: [{ status: 400, code: 'InvalidSystemDiskSize.NotSupportedValue' }],
    })
    expect(row('AddAccount.N')).toMatchObject({
      type: 'list of long',
      limits: 'at most 20; each 1 to 20 digits',
    })
    expect(row('ToRegionId.N')).toMatchObject({ limits: 'at most 20' })
    expect(row('ImageName')).toMatchObject({ deprecated: 'ImageOptions.ImageName' })
    expect(row('ImageOptions.ImageTags.N.Value')).toMatchObject({ type: 'text', otherwise: '' })
    expect(row('RegionId')).toMatchObject({ required: true })
    expect(row('OwnerId')).toMatchObject({ type: 'ignored', limits: '', faults: [] })
  })

  it('name each code once, those of the rules included', () => {
    const codes = faultsOf(createImagePipeline).map((each) => each.code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes).toContain('MissingParameter.RepairMode')
  })
})

describe('the checker', () => {
  const weigh = operation({
    action: 'Weigh',
    docs: 'Weighs a thing.',
    fields: {
      Kind: { type: 'text', docs: 'What it is.', required: fault('NoKind'), refused: fault('Bad') },
      Grams: { type: 'integer', docs: 'Its weight.', min: 1, max: 9, refused: fault('Heavy') },
      Box: {
        type: 'object',
        docs: 'What it is in.',
        required: fault('NoBox', '{name} is missing', 404),
        fields: {
          Lid: { type: 'boolean', docs: 'Whether it shuts.', default: true, refused: fault('Lid') },
        },
      },
      Label: { type: 'text', docs: 'What it says.', max: 4, refused: fault('Long') },
    },
    rules: [
      {
        says: 'Feathers weigh 1 gram.',
        name: 'Grams',
        fault: fault('Feather', '{name}: {reason} [{values}]'),
        broken: ({ Kind, Grams }) =>
          Kind === 'feather' && Grams !== 1 ? { reason: 'not 1', values: ['1'] } : undefined,
      },
    ],
  })

  it('works for any operation', () => {
    expect(check(weigh, { Kind: 'apple', Box: { Lid: 'false' } })).toEqual({
      Kind: 'apple',
      Box: { Lid: false },
    })
    expect(
      refused(() => check(weigh, { Kind: 'feather', Grams: 2, Box: { Lid: true } })),
    ).toMatchObject({ status: 400, code: 'Feather', message: 'Grams: not 1 [1]' })
    expect(
      refused(() => check(weigh, { Kind: 'a', Box: { Lid: true }, Label: '12345' })).message,
    ).toBe(
      'The parameter "Label" is not valid: "12345" is too long: it has 5 characters. ' +
        'Legal: at most 4 characters.',
    )
  })

  it('refuses unknown names, then missing ones, then wrong values in the table’s order', () => {
    const code = (raw: object) => refused(() => check(weigh, raw)).code
    expect(code({ Grams: 10, Colour: 'red' })).toBe('InvalidParameter')
    expect(code({ Grams: 10 })).toBe('NoKind')
    expect(code({ Grams: 10, Kind: 'apple', Box: { Lid: '' } })).toBe('NoBox')
    expect(code({ Label: '12345', Grams: 10, Kind: 'apple', Box: { Lid: true } })).toBe('Heavy')
    expect(code({ Kind: 'apple', Box: { Lock: true } })).toBe('InvalidParameter')
    expect(code({ Kind: 'apple', Box: [] })).toBe('InvalidParameter')
  })
})
