import { useSettings } from '../lib/settings.js'
import { bothZones, clockTime } from '../lib/time.js'

/** A time of the service in the zone of the page, with both zones in its tooltip. */
export function Time({ at }: { readonly at: number }) {
  const { zone } = useSettings()
  return (
    <time class="mono" dateTime={new Date(at).toISOString()} title={bothZones(at)}>
      {clockTime(at, zone)}
    </time>
  )
}
