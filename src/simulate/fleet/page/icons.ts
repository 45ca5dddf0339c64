import type { ExecutionStatus } from '../../../../machines/status.js'
import { tokenOf } from './tokens.js'

const line = 'stroke="currentColor" fill="none" stroke-linecap="round" stroke-linejoin="round"'
const solid = 'fill="currentColor"'

/** Sixteen pixels square. Line icons move on, solid ones have ended. */
const shapes: Readonly<Record<ExecutionStatus, string>> = {
  PREPARING: `<circle cx="8" cy="8" r="5.75" ${line} stroke-width="1.5" stroke-dasharray="2.2 2.3"/><circle cx="8" cy="8" r="1.6" ${solid}/>`,
  REPAIRING: `<path d="M13.6 4.2 11.2 6.6 9.4 4.8l2.4-2.4a3.6 3.6 0 0 0-4.7 4.6L2.5 11.6a1.35 1.35 0 0 0 1.9 1.9l4.6-4.6a3.6 3.6 0 0 0 4.6-4.7z" ${line} stroke-width="1.4"/>`,
  BUILDING: `<path d="M8 1.9 14 5 8 8.1 2 5z M2.3 8 8 11l5.7-3 M2.3 11 8 14l5.7-3" ${line} stroke-width="1.4"/>`,
  TESTING: `<path d="M6 2h4 M6.7 2v4.2L3 12.4A1.1 1.1 0 0 0 4 14h8a1.1 1.1 0 0 0 1-1.6L9.3 6.2V2 M4.8 10h6.4" ${line} stroke-width="1.4"/>`,
  DISTRIBUTING: `<path d="M5.2 8H12 M5 7.2 11 3.4 M5 8.8l6 3.8" ${line} stroke-width="1.4"/><circle cx="3.6" cy="8" r="2" ${solid}/><circle cx="12.4" cy="3" r="1.7" ${solid}/><circle cx="12.8" cy="8" r="1.7" ${solid}/><circle cx="12.4" cy="13" r="1.7" ${solid}/>`,
  RELEASING: `<path d="M2.4 9.6v3.3c0 .6.4 1 1 1h9.2c.6 0 1-.4 1-1V9.6 M8 2v7.6 M5 6.9l3 3 3-3" ${line} stroke-width="1.5"/>`,
  SUCCESS: `<path fill-rule="evenodd" d="M8 1.2a6.8 6.8 0 1 0 0 13.6A6.8 6.8 0 0 0 8 1.2zm3.7 5.1-4.3 5-.6.1-2.6-2.5 1.1-1.1 1.7 1.7 3.6-4.2z" ${solid}/>`,
  PARTITION_SUCCESS: `<path d="M8 8V1.2A6.8 6.8 0 1 0 14.8 8z" ${solid}/><path d="M10 1.9A6.2 6.2 0 0 1 14.1 6H10z" ${line} stroke-width="1.1"/>`,
  FAILED: `<path fill-rule="evenodd" d="M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2zM5.4 4.4l-1 1L7 8l-2.6 2.6 1 1L8 9l2.6 2.6 1-1L9 8l2.6-2.6-1-1L8 7z" ${solid}/>`,
  TEST_FAILED: `<path fill-rule="evenodd" d="M5.2 1.2h5.6v1.5h-.9v3.1l4 6.9a1.4 1.4 0 0 1-1.2 2.1H3.3a1.4 1.4 0 0 1-1.2-2.1l4-6.9V2.7h-.9zM6.3 8.3l-.9.9 1.7 1.7-1.7 1.7.9.9L8 11.8l1.7 1.7.9-.9-1.7-1.7 1.7-1.7-.9-.9L8 10z" ${solid}/>`,
  CANCELLING: `<circle cx="8" cy="8" r="6" ${line} stroke-width="1.5" stroke-dasharray="3 2.1"/><rect x="5.6" y="5.6" width="4.8" height="4.8" ${solid}/>`,
  CANCELLED: `<path fill-rule="evenodd" d="M8 1.2a6.8 6.8 0 1 0 0 13.6A6.8 6.8 0 0 0 8 1.2zM4 7.2v1.6h8V7.2z" ${solid}/>`,
}

/** The mark of a status, in its colour. */
export function icon(status: ExecutionStatus): string {
  return `<svg viewBox="0 0 16 16" aria-hidden="true" class="of-${tokenOf(status)}">${shapes[status]}</svg>`
}

/** Mark and word: a status is never told by its colour alone. */
export function statusLabel(status: ExecutionStatus): string {
  return `<span class="status mono of-${tokenOf(status)}">${icon(status)}${status}</span>`
}
