import { accountsIn, imagesAt, type RegionImage } from '../../model/ecs.js'
import { attemptAt, markOf, progressAt, type TaskMark } from '../../model/tasks.js'
import { within } from '../../lib/time.js'
import { useSeen } from '../../chart/seen.js'
import { Mark } from '../../chart/task-row.js'

/** So many tiles are drawn one by one; what waits beyond them is counted. */
const most = 21

/** The images of an execution by region, and whom they are shared with. Of the Image Builder alone. */
export function ImagesPane() {
  const { document, moment } = useSeen()
  const context = document.history.contextAt(moment.index)
  const images = imagesAt(context)
  const made = images.filter(({ place }) => place === 'available').length
  const accounts = accountsIn(context)
  const shared = sharedAt(document.history.records, moment.seq)
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
        {accounts.length > 0 && (
          <span class="faint">
            shared with {shared.size} of {accounts.length}
          </span>
        )}
      </div>
      {images.length === 0 ? (
        <p class="pad faint">No image before BUILDING begins.</p>
      ) : (
        <ul class="tiles" tabIndex={0} aria-label="Images by region">
          {calm.map((image) => (
            <Tile key={image.region} image={image} />
          ))}
        </ul>
      )}
      {rest > 0 && <p class="pad faint">{rest} more regions wait.</p>}
    </section>
  )
}

/** The accounts that some image was shared with up to a step. */
function sharedAt(
  records: ReturnType<typeof useSeen>['document']['history']['records'],
  seq: number,
): ReadonlySet<string> {
  const shared = new Set<string>()
  for (const record of records) {
    if (record.seq > seq) break
    if (record.kind !== 'step') continue
    for (const { kind, event } of record.effects ?? []) {
      if (kind !== 'emit' || event?.type !== 'image.shared') continue
      for (const account of (event['accounts'] ?? []) as readonly string[]) shared.add(account)
    }
  }
  return shared
}

function Tile({ image }: { readonly image: RegionImage }) {
  const { document, moment, hovered, hover } = useSeen()
  const { region, imageId, place, task: id } = image
  const task = document.derived.tasks.find((each) => each.id === id)
  const mark: TaskMark = task === undefined ? 'waiting' : markOf(task, moment.seq, moment.at)
  const shown: TaskMark =
    place === 'available' ? 'done' : place === 'failed' || place === 'gone' ? 'gaveUp' : mark
  const classes = ['tile', shown === 'retrying' ? 'hot' : '', hovered === id ? 'hovered' : '']
  return (
    <li
      class={classes.join(' ')}
      title={imageId}
      onMouseEnter={() => hover(id)}
      onMouseLeave={() => hover(null)}
    >
      <code class="strong cut">{region}</code>
      <span class="row">
        <code class="cut grow soft">{noteOf(place, imageId, task, moment.seq, moment.at)}</code>
        <Mark mark={shown} />
      </span>
    </li>
  )
}

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
