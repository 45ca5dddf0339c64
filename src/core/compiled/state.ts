import type { Json } from '../json.js'
import type { State } from '../stepper.js'
import type { Configuration } from './configurations.js'
import type { Start } from './run.js'
import type { Context, Shape } from './shapes.js'
import type { TaskList } from './tasks.js'

/** How a machine ended, as a snapshot keeps it. */
export interface End {
  readonly status: Exclude<State['status'], 'active'>
  /** Undefined when it has none. */
  readonly output: Json | undefined
  readonly error: Json | undefined
}

/** A state between two compiled steps: small, and text only when somebody asks for it. */
export class CompiledState implements State, Start<Configuration> {
  readonly configuration: Configuration
  readonly context: Json & Context
  readonly shape: Shape
  readonly tasks: TaskList
  readonly #end: End | null
  #text: string | null

  /** @param text the snapshot that the state was loaded from; null to make it when it is asked for */
  constructor(start: Start<Configuration>, end: End | null, text: string | null) {
    this.configuration = start.configuration
    this.context = start.context as Json & Context
    this.shape = start.shape
    this.tasks = start.tasks
    this.#end = end
    this.#text = text
  }

  get text(): string {
    return (this.#text ??= this.#write())
  }

  get value(): Json {
    return this.configuration.value
  }

  get tags(): readonly string[] {
    return this.configuration.tags
  }

  get status(): State['status'] {
    return this.#end === null ? 'active' : this.#end.status
  }

  get output(): Json {
    return this.#end?.output ?? null
  }

  get error(): Json {
    return this.#end?.error ?? null
  }

  get children(): readonly string[] {
    return this.tasks.entries.filter((_, index) => index % 2 === 0)
  }

  #write(): string {
    const { head, historyText } = this.configuration
    const end = this.#end
    const output = end?.output === undefined ? '' : `,"output":${JSON.stringify(end.output)}`
    const error = end?.error === undefined ? '' : `,"error":${JSON.stringify(end.error)}`
    const body = `${JSON.stringify(this.context)},"status":"${this.status}"${output}${error}`
    return `${head}${body}${historyText}${this.tasks.text}}`
  }
}
