import { Icon } from '../parts/icon.js'

/** How the lines of a coverage are to be read. */
export function CoverageLegend() {
  return (
    <>
      <span>
        <i class="line all" /> taken, with how often
      </span>
      <span>
        <i class="line some" /> some of several
      </span>
      <span class="never">
        <i class="line none" /> <Icon name="close" size={12} /> never
      </span>
    </>
  )
}
