/** The icons of the page, 16 by 16, in the colour of the text around them. */

const line = 'fill="none" stroke="currentColor" stroke-width="1.4"'

/** One for each status: line icons move on, solid ones have ended. */
export const statusIcons: Readonly<Record<string, string>> = {
  PREPARING:
    '<circle cx="8" cy="8" r="5.75" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.2 2.3"/><circle cx="8" cy="8" r="1.6" fill="currentColor"/>',
  REPAIRING:
    '<path d="M13.6 4.2 11.2 6.6 9.4 4.8l2.4-2.4a3.6 3.6 0 0 0-4.7 4.6L2.5 11.6a1.35 1.35 0 0 0 1.9 1.9l4.6-4.6a3.6 3.6 0 0 0 4.6-4.7z" fill="none" stroke="currentColor" stroke-width="1.4"/>',
  BUILDING:
    '<path d="M8 1.9 14 5 8 8.1 2 5z M2.3 8 8 11l5.7-3 M2.3 11 8 14l5.7-3" fill="none" stroke="currentColor" stroke-width="1.4"/>',
  TESTING:
    '<path d="M6 2h4 M6.7 2v4.2L3 12.4A1.1 1.1 0 0 0 4 14h8a1.1 1.1 0 0 0 1-1.6L9.3 6.2V2 M4.8 10h6.4" fill="none" stroke="currentColor" stroke-width="1.4"/>',
  DISTRIBUTING:
    '<path d="M5.2 8H12 M5 7.2 11 3.4 M5 8.8l6 3.8" stroke="currentColor" stroke-width="1.4" fill="none"/><circle cx="3.6" cy="8" r="2" fill="currentColor"/><circle cx="12.4" cy="3" r="1.7" fill="currentColor"/><circle cx="12.8" cy="8" r="1.7" fill="currentColor"/><circle cx="12.4" cy="13" r="1.7" fill="currentColor"/>',
  RELEASING:
    '<path d="M2.4 9.6v3.3c0 .6.4 1 1 1h9.2c.6 0 1-.4 1-1V9.6 M8 2v7.6 M5 6.9l3 3 3-3" fill="none" stroke="currentColor" stroke-width="1.5"/>',
  SUCCESS:
    '<path fill-rule="evenodd" d="M8 1.2a6.8 6.8 0 1 0 0 13.6A6.8 6.8 0 0 0 8 1.2zm3.7 5.1-4.3 5-.6.1-2.6-2.5 1.1-1.1 1.7 1.7 3.6-4.2z" fill="currentColor"/>',
  PARTITION_SUCCESS:
    '<path d="M8 8V1.2A6.8 6.8 0 1 0 14.8 8z" fill="currentColor"/><path d="M10 1.9A6.2 6.2 0 0 1 14.1 6H10z" fill="none" stroke="currentColor" stroke-width="1.1"/>',
  FAILED:
    '<path fill-rule="evenodd" d="M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2zM5.4 4.4l-1 1L7 8l-2.6 2.6 1 1L8 9l2.6 2.6 1-1L9 8l2.6-2.6-1-1L8 7z" fill="currentColor"/>',
  TEST_FAILED:
    '<path fill-rule="evenodd" d="M5.2 1.2h5.6v1.5h-.9v3.1l4 6.9a1.4 1.4 0 0 1-1.2 2.1H3.3a1.4 1.4 0 0 1-1.2-2.1l4-6.9V2.7h-.9zM6.3 8.3l-.9.9 1.7 1.7-1.7 1.7.9.9L8 11.8l1.7 1.7.9-.9-1.7-1.7 1.7-1.7-.9-.9L8 10z" fill="currentColor"/>',
  CANCELLING:
    '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="3 2.1"/><rect x="5.6" y="5.6" width="4.8" height="4.8" fill="currentColor"/>',
  CANCELLED:
    '<path fill-rule="evenodd" d="M8 1.2a6.8 6.8 0 1 0 0 13.6A6.8 6.8 0 0 0 8 1.2zM4 7.2v1.6h8V7.2z" fill="currentColor"/>',
}

/** What a task is at, and what one can press. */
export const icons: Readonly<Record<string, string>> = {
  waiting: `<circle cx="8" cy="8" r="5.75" ${line} stroke-dasharray="1.6 2"/>`,
  running: `<circle cx="8" cy="8" r="5.8" ${line}/><path d="M8 2.2a5.8 5.8 0 0 1 0 11.6z" fill="currentColor"/>`,
  retrying: `<path d="M13.3 8A5.3 5.3 0 1 1 11.4 4" stroke-width="1.6" ${line}/><path d="M11.9 1.3v3.2H8.7" stroke-width="1.6" ${line}/>`,
  done: `<path d="M3 8.4 6.4 11.8 13 4.6" stroke-width="1.7" ${line}/>`,
  brand: `<path d="M1.8 13V7.6a5 5 0 0 1 5-5h2.4a5 5 0 0 1 5 5V13M1 13.4h14M5 13V8.2M8 13V7.2M11 13V8.2" stroke-width="1.5" ${line}/>`,
  search: `<circle cx="7" cy="7" r="4.2" ${line}/><path d="m10.2 10.2 3.6 3.6" ${line}/>`,
  sun: `<circle cx="8" cy="8" r="2.8" ${line}/><path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1" ${line}/>`,
  moon: `<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z" ${line}/>`,
  play: '<path d="M4.5 2.8v10.4L13 8z" fill="currentColor"/>',
  pause: '<path d="M4.2 3h2.6v10H4.2zM9.2 3h2.6v10H9.2z" fill="currentColor"/>',
  step: '<path d="M3 3v10l7-5zM11.2 3h1.8v10h-1.8z" fill="currentColor"/>',
  stepBack: '<path d="M13 3v10L6 8zM3 3h1.8v10H3z" fill="currentColor"/>',
  next: '<path d="M2 3.5v9L7.5 8zM7.5 3.5v9L13 8zM13 3.5h1.4v9H13z" fill="currentColor"/>',
  cancel: `<circle cx="8" cy="8" r="5.8" ${line}/><path d="m4 4 8 8" ${line}/>`,
  fork: `<circle cx="4.5" cy="3.5" r="1.7" fill="currentColor"/><circle cx="4.5" cy="12.5" r="1.7" fill="currentColor"/><circle cx="11.8" cy="8.5" r="1.7" fill="currentColor"/><path d="M4.5 4v8M4.5 6c0 2.2 2 2.5 6 2.5" ${line}/>`,
  more: '<path d="M3.2 7.9h.1M8 7.9h.1M12.8 7.9h.1" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>',
  copy: `<path d="M5.5 5.5h7.7v7.7H5.5z M10.6 5.2V2.8H2.8v7.7h2.4" ${line}/>`,
  open: `<path d="m6 3.5 4.5 4.5L6 12.5" stroke-width="1.6" ${line}/>`,
  close: `<path d="m3.5 3.5 9 9M12.5 3.5l-9 9" stroke-width="1.6" ${line}/>`,
  down: `<path d="m3.5 6 4.5 4.5L12.5 6" stroke-width="1.6" ${line}/>`,
  arrow: `<path d="M2 8h11M9.4 4.2 13.2 8l-3.8 3.8" ${line}/>`,
  hourglass: `<path d="M4 2h8M4 14h8M5 2.2c0 3.4 6 4.2 6 5.8S5 10.4 5 13.8M11 2.2C11 5.6 5 6.4 5 8s6 2.4 6 5.8" stroke-width="1.3" ${line}/>`,
  stop: '<path d="M4 4h8v8H4z" fill="currentColor"/>',
  tell: `<path d="M3 13c0-5.5 4.5-10 10-10M6.4 13c0-3.6 3-6.6 6.6-6.6" ${line}/><circle cx="11.7" cy="11.8" r="1.5" fill="currentColor"/>`,
  bolt: '<path d="M9.2 1 3.6 9h3.8l-.8 6L12.4 7H8.5z" fill="currentColor"/>',
  menu: `<path d="M2 4h12M2 8h12M2 12h12" stroke-width="1.6" ${line}/>`,
  keyboard: `<path d="M1.8 4h12.4v8H1.8zM4.4 9.6h7.2M4 6.6h.2M6.6 6.6h.2M9.2 6.6h.2M11.8 6.6h.2" ${line}/>`,
  clock: `<circle cx="8" cy="8" r="5.8" ${line}/><path d="M8 4.6V8l2.6 1.6" ${line}/>`,
  save: `<path d="M2.5 2.5h8.8l2.2 2.2v8.8h-11zM5 2.6v3.6h5.4V2.6M4.8 13.2V9.4h6.4v3.8" stroke-width="1.3" ${line}/>`,
  plus: `<path d="M8 3v10M3 8h10" stroke-width="1.6" ${line}/>`,
}
