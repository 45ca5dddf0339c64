import type { ComponentType } from 'preact'
import { faultCount } from '../model/fault-count.js'
import { Executions } from './executions/executions.js'

/** A view of the page: a folder of its own below `views/`, and an entry here. */
export interface View {
  /** The first part of its address: `#/executions`. */
  readonly path: string
  /** Its word in the navigation. */
  readonly name: string
  /** Pressed after `g`. */
  readonly key: string
  /** A number beside its name, read at every draw; null for none. */
  readonly count?: () => number | null
  /** The component, or how it is loaded when it is first opened: all but the first view are. */
  readonly component: ComponentType | null
  readonly load?: () => Promise<ComponentType>
  /** What is shown where the address goes on: `#/executions/exec-1`. */
  readonly detail?: () => Promise<ComponentType>
}

/** The views in the order of the navigation. */
export const views: readonly View[] = [
  {
    path: 'executions',
    name: 'Executions',
    key: 'e',
    component: Executions,
    detail: async () => (await import('./execution/execution.js')).Execution,
  },
  {
    path: 'templates',
    name: 'Templates',
    key: 't',
    component: null,
    load: async () => (await import('./templates/templates.js')).Templates,
  },
  {
    path: 'scenarios',
    name: 'Scenarios',
    key: 's',
    component: null,
    load: async () => (await import('./scenarios/scenarios.js')).Scenarios,
  },
  {
    path: 'fleet',
    name: 'Fleet',
    key: 'l',
    component: null,
    load: async () => (await import('./fleet/fleet.js')).Fleet,
  },
  {
    path: 'pollers',
    name: 'Pollers',
    key: 'p',
    component: null,
    load: async () => (await import('./pollers/pollers.js')).Pollers,
  },
  {
    path: 'faults',
    name: 'Faults',
    key: 'f',
    count: () => faultCount.value,
    component: null,
    load: async () => (await import('./faults/faults.js')).Faults,
  },
  {
    path: 'api',
    name: 'API',
    key: 'a',
    component: null,
    load: async () => (await import('./api/api.js')).Api,
  },
]
