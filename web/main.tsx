import { render } from 'preact'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import './styles/shell.css'
import { drawOnceAFrame } from './lib/draw.js'
import { followTheme } from './lib/settings.js'
import { Shell } from './shell/shell.js'

drawOnceAFrame()
followTheme()
const page = document.getElementById('page')
if (page !== null) render(<Shell />, page)
