import { type ExecutionStatus, terminalStatuses } from '../../../machines/status.js'
import { type Claim, ClientTimeout, type Poller, type PolledService } from './poller.js'

const seconds = 1_000
const minutes = 60_000

/** What an honest caller says of an end. */
const claims: Partial<Record<ExecutionStatus, Claim>> = {
  SUCCESS: 'success',
  PARTITION_SUCCESS: 'partly',
}

/** Looks until the status is one of those given; null when the time is over. */
async function until(
  service: PolledService,
  id: string,
  { wanted, everyMs, withinMs = Number.POSITIVE_INFINITY }: Wait,
): Promise<ExecutionStatus | null> {
  const deadline = (await service.now()) + withinMs
  for (;;) {
    const status = await service.status(id)
    if (status !== undefined && wanted(status)) return status
    if ((await service.now()) >= deadline) return null
    await service.sleep(everyMs)
  }
}

interface Wait {
  readonly wanted: (status: ExecutionStatus) => boolean
  readonly everyMs: number
  readonly withinMs?: number
}

/**
 * The state waiter of Terraform's SDK: a first look after a delay, then looks at intervals that
 * double from three seconds to ten.
 */
async function terraformWait(
  service: PolledService,
  id: string,
  { targets, failures, delayMs }: TerraformWait,
): Promise<Claim> {
  const deadline = (await service.now()) + 5 * minutes
  await service.sleep(delayMs)
  for (let pause = 3 * seconds; ; pause = Math.min(2 * pause, 10 * seconds)) {
    const status = await service.status(id)
    if (status !== undefined && targets.includes(status)) return 'success'
    if (status !== undefined && failures.includes(status)) return 'failure'
    if ((await service.now()) >= deadline) return 'gave up'
    await service.sleep(pause)
  }
}

interface TerraformWait {
  readonly targets: readonly ExecutionStatus[]
  readonly failures: readonly ExecutionStatus[]
  readonly delayMs: number
}

const terraformCreate: TerraformWait = {
  targets: ['SUCCESS', 'BUILDING', 'PREPARING'],
  failures: ['FAILED'],
  delayMs: 20 * seconds,
}

/** Starts with a token, so that a start whose answer was lost may be repeated. */
async function startSafely(service: PolledService, token: string): Promise<string> {
  for (;;) {
    try {
      return await service.start(token)
    } catch (error) {
      if (!(error instanceof ClientTimeout)) throw error
    }
  }
}

/** The ways callers wait that are met in the field, and one that is right. */
export const knownPollers: readonly Poller[] = [
  {
    name: 'until it has ended',
    about: 'Starts with a ClientToken and waits for any of the five ends: as it should be done.',
    async wait(service) {
      const id = await startSafely(service, 'a-token-of-its-own')
      const wanted = (status: ExecutionStatus): boolean => terminalStatuses.includes(status)
      const end = await until(service, id, { wanted, everyMs: 15 * seconds })
      return claims[end as ExecutionStatus] ?? 'failure'
    },
  },
  {
    name: 'while not SUCCESS',
    about: 'Waits for SUCCESS, however long that takes.',
    async wait(service) {
      const id = await startSafely(service, 'a-token-of-its-own')
      const wanted = (status: ExecutionStatus): boolean => status === 'SUCCESS'
      await until(service, id, { wanted, everyMs: 30 * seconds })
      return 'success'
    },
  },
  {
    name: 'while it builds',
    about: 'Waits while the status is PREPARING or BUILDING, and takes what comes after for done.',
    async wait(service) {
      const id = await startSafely(service, 'a-token-of-its-own')
      const wanted = (status: ExecutionStatus): boolean =>
        status !== 'PREPARING' && status !== 'BUILDING'
      const end = await until(service, id, { wanted, everyMs: 15 * seconds })
      return end === 'FAILED' ? 'failure' : 'success'
    },
  },
  {
    name: 'the statuses of 2021',
    about:
      'Knows the seven statuses of the first documentation: SUCCESS, FAILED, CANCELLED end it.',
    async wait(service) {
      const id = await startSafely(service, 'a-token-of-its-own')
      const wanted = (status: ExecutionStatus): boolean =>
        ['SUCCESS', 'FAILED', 'CANCELLED'].includes(status)
      const withinMs = 30 * minutes
      const end = await until(service, id, { wanted, everyMs: 15 * seconds, withinMs })
      return end === null ? 'gave up' : (claims[end] ?? 'failure')
    },
  },
  {
    name: 'first page of images',
    about: 'Looks for the new image on the first page of DescribeImages, by its name.',
    async wait(service) {
      await startSafely(service, 'a-token-of-its-own')
      for (;;) {
        const images = await service.images()
        if (images.some(({ ImageName }) => ImageName.startsWith(service.imageName))) {
          return 'success'
        }
        await service.sleep(30 * seconds)
      }
    },
  },
  {
    name: 'start again on a time-out',
    about:
      'Has the three seconds of the SDKs, sends no ClientToken, and starts anew when no answer came.',
    async wait(service) {
      let id: string | null = null
      while (id === null) {
        try {
          id = await service.start()
        } catch (error) {
          if (!(error instanceof ClientTimeout)) throw error
          await service.sleep(5 * seconds)
        }
      }
      const wanted = (status: ExecutionStatus): boolean => terminalStatuses.includes(status)
      const end = await until(service, id, { wanted, everyMs: 15 * seconds })
      return claims[end as ExecutionStatus] ?? 'failure'
    },
  },
  {
    name: 'terraform apply',
    about:
      'alicloud_ecs_image_pipeline_execution: first look after 20 s; SUCCESS, BUILDING and PREPARING ' +
      'are its targets, FAILED its failure, five minutes its time-out.',
    async wait(service) {
      const id = await startSafely(service, 'TF-StartImagePipelineExecution')
      return terraformWait(service, id, terraformCreate)
    },
  },
  {
    name: 'terraform status = "CANCELLED"',
    about: 'The same resource: waits as above, cancels, and waits five minutes for CANCELLED.',
    goal: 'cancel',
    async wait(service) {
      const id = await startSafely(service, 'TF-StartImagePipelineExecution')
      const created = await terraformWait(service, id, terraformCreate)
      if (created !== 'success') return created
      if ((await service.status(id)) !== 'CANCELLED') await service.cancel(id)
      const targets = ['CANCELLED'] as const
      return terraformWait(service, id, { targets, failures: [], delayMs: 10 * seconds })
    },
  },
]
