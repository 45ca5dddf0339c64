import { colourOf, isStatus } from '../model/status.js'
import { icons, statusIcons } from './icons.js'

/** An icon by its name; it says nothing to a screen reader, the word beside it does. */
export function Icon({ name, size = 16 }: { readonly name: string; readonly size?: number }) {
  const inner = icons[name] ?? statusIcons[name] ?? ''
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      stroke-linecap="round"
      stroke-linejoin="round"
      dangerouslySetInnerHTML={{ __html: inner }}
    />
  )
}

/** A status as icon and word in its colour; a chip where it heads a view. */
export function StatusMark({
  status,
  chip = false,
}: {
  readonly status: string
  readonly chip?: boolean
}) {
  return (
    <span class={chip ? 'status chip' : 'status'} style={{ '--c': colourOf(status) }}>
      <Icon name={isStatus(status) ? status : 'running'} />
      {status}
    </span>
  )
}
