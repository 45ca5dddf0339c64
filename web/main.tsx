import { options, render } from 'preact'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import './styles/shell.css'
import { followTheme } from './lib/settings.js'
import { Shell } from './shell/shell.js'

/** A hidden page has no frames, and need not hurry. */
const hiddenMs = 200

// However many events come in between, the page is drawn once a frame.
options.debounceRendering = (draw) => {
  if (document.visibilityState === 'visible') requestAnimationFrame(draw)
  else setTimeout(draw, hiddenMs)
}

followTheme()
const page = document.getElementById('page')
if (page !== null) render(<Shell />, page)
