import type { ExecutionStatus } from '../../../../machines/status.js'
import { grouped } from '../grouped.js'
import type { Answers, Poll, ToldExecution } from './answers.js'

/** An execution as one poll showed it. Times in milliseconds since 1970. */
export interface Sighting {
  readonly status: ExecutionStatus
  readonly modified: number
  /** When it was asked for; without a note of that, when it was modified. */
  readonly seen: number
}

/** An image of an execution in one region, over all polls. */
export interface ToldCopy {
  readonly region: string
  readonly imageId: string
  readonly isCopied: boolean | null
  /** As it was seen last. */
  readonly status: string
  /** When it was seen last before it had that status, and first with it; null: not known. */
  readonly between: readonly [number, number] | null
}

/** All that the answers tell of one execution. */
export interface Told {
  readonly id: string
  readonly templateId: string
  readonly startedAt: number
  readonly sightings: readonly Sighting[]
  /** As the last poll showed it. */
  readonly last: ToldExecution
  readonly images: readonly ToldCopy[]
  /** What stands before its id in the name of its images; null: no image was seen. */
  readonly prefix: string | null
  /** Whether the times of the polls contradict those of the service, and were left out. */
  readonly clocksDiffer: boolean
}

/** Executions in the order of their starts, each with what every poll said of it. */
export function told({ executions, images }: Answers): readonly Told[] {
  const byId = grouped(executions, ({ row }) => row.ExecutionId)
  return [...byId]
    .map(([id, polls]) => toldOf(id, polls, images))
    .sort((a, b) => a.startedAt - b.startedAt)
}

function toldOf(
  id: string,
  given: readonly Poll<ToldExecution>[],
  images: Answers['images'],
): Told {
  const clocksDiffer = contradicts(inOrder(given))
  const polls = inOrder(clocksDiffer ? given.map(({ row }) => ({ polled: null, row })) : given)
  const { row: last } = polls.at(-1) as Poll<ToldExecution>
  const own = images.filter(({ row }) => row.ImageName.includes(id) || row.ImageId === last.ImageId)
  const name = own.map(({ row }) => row.ImageName).find((each) => each.includes(`_${id}`))
  return {
    id,
    templateId: last.ImagePipelineId,
    startedAt: last.CreationTime,
    last,
    sightings: polls.map(({ polled, row: { Status: status, ModifiedTime: modified } }) => ({
      status,
      modified,
      seen: Math.max(polled ?? modified, modified),
    })),
    images: [...grouped(own, ({ region }) => region)].map(([region, seen]) =>
      copyOf(region, clocksDiffer ? seen.map((each) => ({ ...each, polled: null })) : seen),
    ),
    prefix: name === undefined ? null : name.slice(0, name.indexOf(`_${id}`)),
    clocksDiffer,
  }
}

/** By the time of the poll, else of the last change; as they were saved where that is the same. */
function inOrder(polls: readonly Poll<ToldExecution>[]): readonly Poll<ToldExecution>[] {
  const at = ({ polled, row }: Poll<ToldExecution>) => polled ?? row.ModifiedTime
  return [...polls].sort((a, b) => at(a) - at(b))
}

/** Times are told to the second. */
const second = 1_000

/** A status that had come before an earlier poll, which did not see it: whose clock is wrong? */
function contradicts(polls: readonly Poll<ToldExecution>[]): boolean {
  return polls.some(({ polled, row }, index) => {
    const next = polls[index + 1]
    if (polled === null) return false
    if (polled + second < row.ModifiedTime) return true
    return (
      next !== undefined &&
      next.row.Status !== row.Status &&
      next.row.ModifiedTime + second <= polled
    )
  })
}

function copyOf(region: string, seen: Answers['images']): ToldCopy {
  const polls = [...seen].sort((a, b) => (a.polled ?? 0) - (b.polled ?? 0))
  const { row } = polls.at(-1) as (typeof polls)[number]
  const first = polls.findIndex((poll) => poll.row.Status === row.Status)
  const [before, at] = [polls[first - 1]?.polled ?? null, polls[first]?.polled ?? null]
  return {
    region,
    imageId: row.ImageId,
    isCopied: row.IsCopied ?? null,
    status: row.Status,
    between: before === null || at === null ? null : [before, at],
  }
}
