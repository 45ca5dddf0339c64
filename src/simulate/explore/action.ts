import type { Fault } from './facts.js'

/** How a task's attempt ends. */
export type Outcome =
  | { readonly kind: 'succeeds' }
  | { readonly kind: 'fails'; readonly fault: Fault }
  /** A share that reaches the others, and not these. */
  | { readonly kind: 'misses'; readonly fault: Fault; readonly accounts: readonly string[] }

/** What can happen at a moment. */
export type Happening =
  /** What is due next: a task's attempt ends, or a pause. `outcome` is null for a pause. */
  | {
      readonly kind: 'next'
      readonly execution: string
      readonly task: string
      readonly outcome: Outcome | null
      /** Whether something else is due at the same instant. */
      readonly among: number
    }
  | { readonly kind: 'start'; readonly template: string; readonly as: string }
  /** The same start once more, with the same ClientToken: its answer may have been lost. */
  | { readonly kind: 'repeat'; readonly execution: string }
  | { readonly kind: 'cancel'; readonly execution: string }
  | { readonly kind: 'delete'; readonly what: 'template' | 'component'; readonly key: string }
  /** The image that an execution has in a region. */
  | { readonly kind: 'deleteImage'; readonly execution: string; readonly region: string }

/** Something that happens, and where the process dies in it. */
export interface Action {
  readonly happening: Happening
  /** After so many of its commits the process dies, its answer lost; null: it lives. */
  readonly dies: number | null
}

/** An action in a few words, for people. */
export function actionText({ happening, dies }: Action): string {
  const crash =
    dies === null ? '' : dies === 0 ? ', and dies before' : `, and dies after commit ${dies}`
  return `${happeningText(happening)}${crash}`
}

function happeningText(happening: Happening): string {
  switch (happening.kind) {
    case 'start':
      return `start ${happening.template}`
    case 'repeat':
      return `start ${happening.execution} again with the same token`
    case 'cancel':
      return `cancel ${happening.execution}`
    case 'delete':
      return `delete ${happening.what} ${happening.key}`
    case 'deleteImage':
      return `delete the image of ${happening.execution} in ${happening.region}`
    case 'next': {
      const { execution, task, outcome } = happening
      if (outcome === null) return `${execution}: ${task} is tried again`
      if (outcome.kind === 'succeeds') return `${execution}: ${task} succeeds`
      const whom = outcome.kind === 'misses' ? ` for ${outcome.accounts.join(', ')}` : ''
      return `${execution}: ${task} fails${whom} with ${outcome.fault.code}`
    }
  }
}
