import { useMemo } from 'preact/hooks'
import { pure } from '../../lib/pure.js'
import {
  imagesAt,
  type Reach,
  reachIn,
  type RegionImage,
  type SharedImage,
} from '../../model/ecs.js'
import { attemptAt, markOf, progressAt, type TaskMark } from '../../model/tasks.js'
import { within } from '../../lib/time.js'
import type { RecordData } from '../../model/history.js'
import { useSeen } from '../../chart/seen.js'
import { Mark } from '../../chart/task-row.js'

/** So many tiles are drawn one by one; what waits beyond them is counted. */
const most = 21

/** The images of an execution by region, and whom they are shared with. Of the Image Builder alone. */
export function ImagesPane() {
  const { document, moment, hovered, hover } = useSeen()
  const { seq, at } = moment
  const context = document.history.contextAt(moment.index)
  const images = imagesAt(context)
  const made = images.filter(({ place }) => place === 'available').length
  const shares = useMemo(() => sharesIn(document.history.records), [document.history.records])
  const reach = reachIn(
    context,
    shares.filter((share) => share.seq <= seq),
  )
  const calm = images.length > most ? images.filter(({ place }) => place !== 'waiting') : images
  const rest = images.length - calm.length
  return (
    <section class="pane images" aria-label="Images">
      <div class="pane-head">
        <h2>Images</h2>
        <span class="faint">
          {made} of {images.length} available
        </span>
        <span class="grow" />
        {reach.accounts > 0 && <ReachNote reach={reach} />}
      </div>
      {images.length === 0 ? (
        <p class="pad faint">No image before BUILDING begins.</p>
      ) : (
        <ul class="tiles" tabIndex={0} aria-label="Images by region">
          {calm.map(({ region, imageId, place, task: id }) => {
            const task = document.derived.tasks.find((each) => each.id === id)
            const mark = task === undefined ? 'waiting' : markOf(task, seq, at)
            const gone = place === 'failed' || place === 'gone'
            return (
              <Tile
                key={region}
                region={region}
                imageId={imageId}
                task={id}
                mark={place === 'available' ? 'done' : gone ? 'gaveUp' : mark}
                note={noteOf(place, imageId, task, seq, at)}
                hovered={hovered === id}
                onHover={hover}
              />
            )
          })}
        </ul>
      )}
      {rest > 0 && <p class="pad faint">{rest} more regions wait.</p>}
    </section>
  )
}

/** With how many accounts; and where some have not every image, a mark and a word for it. */
function ReachNote({ reach: { accounts, all, part, missing } }: { readonly reach: Reach }) {
  const failed = missing.length > 0
  const title = failed ? `Not shared in ${missing.join('; ')}` : undefined
  return (
    <span class="reach faint" title={title}>
      {failed && <Mark mark={all + part > 0 ? 'partly' : 'gaveUp'} />}
      shared with {all} of {accounts}
      {part > 0 && `, ${part} in part`}
    </span>
  )
}

interface Share extends SharedImage {
  readonly seq: number
}

/** Every time that some image was shared, and with whom. */
function sharesIn(records: readonly RecordData[]): readonly Share[] {
  return records.flatMap((record) => {
    if (record.kind !== 'step') return []
    return (record.effects ?? []).flatMap(({ kind, event }) =>
      kind === 'emit' && event?.type === 'image.shared'
        ? [{ ...(event as unknown as SharedImage), seq: record.seq }]
        : [],
    )
  })
}

interface TileProps {
  readonly region: string
  readonly imageId: string
  /** The task that makes it. */
  readonly task: string
  readonly mark: TaskMark
  readonly note: string
  readonly hovered: boolean
  readonly onHover: (id: string | null) => void
}

const Tile = pure(({ region, imageId, task, mark, note, hovered, onHover }: TileProps) => {
  const classes = ['tile', mark === 'retrying' ? 'hot' : '', hovered ? 'hovered' : '']
  return (
    <li
      class={classes.join(' ')}
      title={imageId}
      onMouseEnter={() => onHover(task)}
      onMouseLeave={() => onHover(null)}
    >
      <code class="strong cut">{region}</code>
      <span class="row">
        <code class="cut grow soft">{note}</code>
        <Mark mark={mark} />
      </span>
    </li>
  )
})

function noteOf(
  place: RegionImage['place'],
  imageId: string,
  task: Parameters<typeof markOf>[0] | undefined,
  seq: number,
  at: number,
): string {
  if (place === 'available') return imageId
  if (place === 'failed') return 'CreateFailed'
  if (place === 'gone') return 'removed'
  if (task === undefined) return 'waits'
  const mark = markOf(task, seq, at)
  if (mark === 'waiting' || mark === 'none') return 'waits'
  const attempt = attemptAt(task, seq)
  const nth = attempt > 1 ? `, #${attempt}` : ''
  if (mark === 'retrying') {
    const pause = task.backoffs.findLast((each) => each.seq <= seq)
    return `${within((pause?.to ?? at) - at)}${nth}`
  }
  const progress = progressAt(task, at)
  return progress === null ? `runs${nth}` : `${Math.floor(progress * 100)} %${nth}`
}
