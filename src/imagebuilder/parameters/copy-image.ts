import { clientToken, legacy, plainText, regionId, resourceGroupId, tags } from './common.js'
import { fault, invalidParameter } from './fault.js'
import { type Checked, operation } from './field.js'
import { description, dryRun, imageId, imageName } from './image-fields.js'

/** @param what the parameter that makes encryption necessary */
function needsEncrypted(code: string, what: string) {
  return fault(code, `The specified parameter Encrypted must be true when ${what} is not empty.`)
}

const fields = {
  RegionId: { ...regionId, docs: 'The region of the image.' },
  ImageId: { ...imageId, docs: 'The image to copy.' },
  DestinationRegionId: { ...plainText('Where the copy goes.'), otherwise: 'the same region' },
  DestinationImageName: { ...imageName, otherwise: 'the ImageId of the copy' },
  DestinationDescription: {
    ...description,
    docs: 'The description of the copy.',
    refused: fault(
      'InvalidDescription.Malformed',
      'The specified destination description is wrongly formed.',
    ),
  },
  Encrypted: {
    type: 'boolean',
    docs: 'Whether the copy is encrypted.',
    default: false,
    refused: invalidParameter,
  },
  KMSKeyId: plainText('The key to encrypt with; any key will do.'),
  EncryptAlgorithm: {
    type: 'choice',
    docs: 'How to encrypt.',
    values: ['aes-256', 'sm4-128'],
    refused: fault(
      'InvalidEncryptAlgorithm',
      'The specified parameter EncryptAlgorithm is not valid.',
    ),
  },
  ResourceGroupId: resourceGroupId,
  Tag: tags('The tags of the copy.'),
  DryRun: dryRun,
  ClientToken: clientToken,
  ...legacy,
} as const

export const copyImage = operation({
  action: 'CopyImage',
  docs: 'Copies an own image to another region, or a shared one within its region.',
  fields,
  rules: [
    {
      says: 'A key is for an encrypted copy.',
      name: 'KMSKeyId',
      fault: needsEncrypted('InvalidEncrypted.NotMatchKmsKeyId', 'KmsKeyId'),
      broken: ({ KMSKeyId, Encrypted }) =>
        KMSKeyId !== undefined && !Encrypted ? { reason: 'Give Encrypted=true.' } : undefined,
    },
    {
      says: 'An algorithm is for an encrypted copy.',
      name: 'EncryptAlgorithm',
      fault: needsEncrypted('InvalidEncrypted.NotMatchEncryptAlgorithm', 'EncryptAlgorithm'),
      broken: ({ EncryptAlgorithm, Encrypted }) =>
        EncryptAlgorithm !== undefined && !Encrypted
          ? { reason: 'Give Encrypted=true.' }
          : undefined,
    },
  ],
})

/** What CopyImage was asked for, in normal form. */
export type CopyImageParameters = Checked<typeof fields>
