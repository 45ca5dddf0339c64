import { z } from 'zod'
import { executionStatuses } from '../../../../machines/status.js'
import { notA, word } from '../../plan/shapes.js'
import { imageStates } from '../../scenario/types.js'

/** `2026-01-05T02:00:00Z`, or to the minute, as the service writes some; milliseconds since 1970. */
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/, timeWanted())
  .transform((text) => Date.parse(text))
  .refine((ms) => !Number.isNaN(ms), timeWanted())

function timeWanted(): string {
  return 'must be a time such as 2026-01-05T02:00:00Z'
}

const status = z.enum(executionStatuses, {
  error: ({ input }) => notA('a status', String(input), executionStatuses),
})

const id = z.string().min(1, 'must not be empty')

/** What a client makes of a field without a value. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

const execution = z.looseObject({
  ExecutionId: id,
  ImagePipelineId: id,
  Status: status,
  CreationTime: time,
  ModifiedTime: time,
  ImageId: text,
  Message: text,
  ErrorCode: text,
})

const image = z.looseObject({
  ImageId: id,
  ImageName: text,
  Status: word('an image status', imageStates),
  IsCopied: z.boolean().nullish(),
})

const texts = z.array(z.union([z.string(), z.number()]).transform(String)).nullish()

const template = z.looseObject({
  ImagePipelineId: id,
  Name: text,
  BaseImageType: text,
  BaseImage: text,
  TestContent: text,
  RepairMode: text,
  InstanceType: text,
  ImageFamily: text,
  DeleteInstanceOnFailure: z.boolean().nullish(),
  ToRegionIds: z.looseObject({ ToRegionId: texts }).nullish(),
  AddAccounts: z.looseObject({ AddAccount: texts }).nullish(),
  AdvancedOptions: z.looseObject({ ImageNameSuffix: text }).nullish(),
  ImageOptions: z.looseObject({ ImageFamily: text }).nullish(),
})

/** What each of the three operations answers, by the field that tells it from the others. */
export const answerSchemas = {
  ImagePipelineExecution: z.looseObject({
    ImagePipelineExecution: z.looseObject({ ImagePipelineExecutionSet: z.array(execution) }),
  }),
  Images: z.looseObject({
    RegionId: z.string({ error: 'is missing: without it nobody knows where these images are' }),
    Images: z.looseObject({ Image: z.array(image) }),
  }),
  ImagePipeline: z.looseObject({
    ImagePipeline: z.looseObject({ ImagePipelineSet: z.array(template) }),
  }),
} as const

export type ToldExecution = z.infer<typeof execution>
export type ToldImage = z.infer<typeof image>
export type ToldTemplate = z.infer<typeof template>

/** Rows of one answer, with the time of the poll where it is known. */
export interface Poll<Row> {
  /** Milliseconds since 1970; null: nobody wrote it down. */
  readonly polled: number | null
  readonly row: Row
}

/** All that was saved, poll by poll, in the order of the files. */
export interface Answers {
  readonly executions: readonly Poll<ToldExecution>[]
  readonly images: readonly (Poll<ToldImage> & { readonly region: string })[]
  readonly templates: readonly ToldTemplate[]
}
