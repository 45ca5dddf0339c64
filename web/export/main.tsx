import { render } from 'preact'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/parts.css'
import '../styles/shell.css'
import './export.css'
import { followTheme } from '../lib/settings.js'
import { ExecutionPage, type ExportedExecution } from './execution.js'
import { type ExportedExploration, ExplorationPage } from './exploration.js'

followTheme()
const [page, data] = [document.getElementById('page'), document.getElementById('data')]
if (page !== null && data !== null) {
  const exported = JSON.parse(data.textContent) as ExportedExecution | ExportedExploration
  render(
    'exploration' in exported ? (
      <ExplorationPage exported={exported} />
    ) : (
      <ExecutionPage exported={exported} />
    ),
    page,
  )
}
