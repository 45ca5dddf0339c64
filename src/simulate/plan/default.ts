import type { Rule } from './rule.js'

/** What tasks do unless somebody says otherwise: nothing fails, and an execution takes some minutes. */
export const defaultPlan: readonly Rule[] = [
  { task: 'prepareInstance', duration: '60s' },
  { task: 'repairImage', duration: '60s' },
  { task: 'buildImage', duration: '4m' },
  { task: 'testImage', duration: '60s' },
  { task: 'copyImage', duration: '2m' },
  { task: 'createImage', duration: '3m' },
  { task: 'shareImage', duration: '10s' },
  { task: 'releaseResources', duration: '20s' },
]
