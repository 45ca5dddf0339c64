import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { executionStatuses } from '../../machines/status.js'
import { taskNames } from '../../src/simulate/plan/rule.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'
import type { ExpectExecutionStep, Step } from '../../src/simulate/scenario/types.js'

const folder = resolve(import.meta.dirname, '../../scenarios')
const steps: readonly Step[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) => loadScenario(readFileSync(join(folder, file), 'utf8'), file).steps)

const expectations = steps.filter(
  (step): step is ExpectExecutionStep => step.kind === 'expectExecution',
)

const sorted = (words: Iterable<string>): string[] => [...new Set(words)].sort()

function taskOf(id: string): string {
  if (id.startsWith('copy.')) return 'copyImage'
  return id.startsWith('share.') ? 'shareImage' : id
}

describe('the scenarios together', () => {
  it('go through all twelve statuses', () => {
    expect(sorted(expectations.flatMap(({ visited = [] }) => visited))).toEqual(
      [...executionStatuses].sort(),
    )
  })

  it('count the attempts of all seven tasks', () => {
    const begun = expectations.flatMap(({ attempts = {} }) =>
      Object.entries(attempts).flatMap(([id, count]) => (count > 0 ? [taskOf(id)] : [])),
    )
    expect(sorted(begun)).toEqual([...taskNames].sort())
  })

  it('use every step and every expectation that there is', () => {
    expect(sorted(steps.map(({ kind }) => kind))).toEqual([
      'advance',
      'cancel',
      'check',
      'crash',
      'create',
      'delete',
      'deleteImage',
      'edit',
      'expectExecution',
      'expectTemplate',
      'next',
      'plan',
      'start',
      'wait',
    ])
    const fields = expectations.flatMap((step) => Object.keys(step))
    expect(sorted(fields)).toEqual([
      'always',
      'attempts',
      'column',
      'error',
      'eventually',
      'execution',
      'images',
      'kind',
      'lasted',
      'line',
      'message',
      'never',
      'shared',
      'status',
      'visited',
    ])
  })

  it('are refused with these codes', () => {
    const codes = steps.flatMap((step) => {
      return 'refused' in step && step.refused !== null ? [`${step.kind}: ${step.refused}`] : []
    })
    expect(sorted(codes)).toEqual([
      'cancel: InvalidImagePipelineExecutionId.NotFound',
      'cancel: InvalidStatus.CancelFailed',
      'cancel: InvalidStatus.ImagePipelineExecution',
      'create: DuplicatedCommand.FROM',
      'create: EmptyCommandContent.RUN',
      'create: ImageComponent.NotFound',
      'create: InvalidCommand.Component',
      'create: InvalidCommandContent.ENV',
      'create: InvalidCommandOrder.FROM',
      'create: InvalidComponentVersion.Exist',
      'create: InvalidImage.NotFound',
      'create: InvalidImage.NotSupportRepair',
      'create: InvalidImageComponent.NotSupported',
      'create: InvalidImageName.Duplicated',
      'create: InvalidImageTemplateCommand.NotSupported',
      'create: InvalidParameter',
      'create: InvalidParameter.BuildContent',
      'create: InvalidParameter.Content',
      'create: InvalidParameter.TestContent',
      'create: MissingParameter.Content',
      'create: MissingParameter.RepairMode',
      'create: NotEmptyCommandContent.RESTART',
      'create: NotSupportedCommand.FROM',
      'create: QuotaExceed.ImageComponent',
      'create: QuotaExceed.ImagePipeline',
      'delete: InvalidImageComponent.InUse',
      'delete: InvalidImageComponent.NotFound',
      'delete: InvalidImagePipeline.HasRunningExecution',
      'delete: InvalidImagePipeline.NotFound',
      'deleteImage: ImageUseShared',
      'deleteImage: InvalidStatus.ImageIsCreating',
      'deleteImage: OperationDenied.ImageCopying',
      'start: IdempotentParameterMismatch',
      'start: ImageComponent.NotFound',
      'start: InvalidImage.NotFound',
      'start: InvalidImage.OsTypeUnsupported',
      'start: InvalidImageComponent.NotSupported',
      'start: InvalidImageName.Duplicated',
      'start: InvalidImagePipeline.BaseImageNotFound',
      'start: InvalidImagePipeline.HasRunningExecution',
      'start: InvalidImagePipeline.NotFound',
      'start: InvalidImageTemplateCommand.NotSupported',
      'start: InvalidInstanceType.NotFound',
      'start: InvalidParameter.BuildContent',
      'start: InvalidParameter.TestContent',
      'start: InvalidRegionId.NotFound',
      'start: InvalidVSwitchId.NotFound',
      'start: Throttling.User',
    ])
  })

  it('end with these error codes', () => {
    const codes = expectations.flatMap(({ error }) => error ?? [])
    expect(sorted(codes)).toEqual([
      'BuildFailed',
      'IncorrectInstanceStatus',
      'InternalError',
      'InvalidAccount.Forbbiden',
      'InvalidAccount.NotFound',
      'OperationDenied.NoStock',
      'QuotaExceed.Image',
      'RepairFailed',
      'ServiceUnavailable',
      'TestFailed',
    ])
  })
})
