import type { Json } from '../../core/json.js'

/** The two kinds of work that content is written for: making the image, and trying it out. */
export type Purpose = 'Build' | 'Test'

export type SystemType = 'Linux' | 'Windows'

/** Where a text stands, which decides what it may say and which codes refuse it. */
export interface ContentUse {
  readonly kind: 'template' | 'component'
  readonly purpose: Purpose
  /** Of the base image for a template, of the component itself for a component. */
  readonly systemType: SystemType
}

/** What a text turned out to say. Lines count from 1. */
export type Content =
  | {
      readonly syntax: 'commands'
      /** In the order written, `COMPONENT` among them; the ignored `FROM` is left out. */
      readonly commands: readonly Command[]
      /** The references of the `COMPONENT` commands, in the same order. */
      readonly components: readonly ComponentReference[]
    }
  | {
      readonly syntax: 'yaml'
      readonly parameters: readonly Parameter[]
      readonly tasks: readonly Task[]
    }

/** One `key="value"` of ENV or LABEL, with the quotes taken off. */
export interface Pair {
  readonly name: string
  readonly value: string
}

/** What a command says, without the place where it stands. */
export type CommandBody =
  | { readonly word: 'RUN'; readonly command: string }
  | { readonly word: 'ENV' | 'LABEL'; readonly pairs: readonly Pair[] }
  | { readonly word: 'WORKDIR'; readonly path: string }
  | { readonly word: 'COPY'; readonly source: string; readonly destination: string }
  | { readonly word: 'USER'; readonly user: string }
  | { readonly word: StartWord; readonly form: 'exec'; readonly argv: readonly string[] }
  | { readonly word: StartWord; readonly form: 'shell'; readonly command: string }
  | { readonly word: 'RESTART' }
  | { readonly word: 'COMPONENT'; readonly reference: ComponentReference }

/** The commands that set what runs when an instance of the image starts. */
export type StartWord = 'CMD' | 'ENTRYPOINT'

export type Command = CommandBody & { readonly line: number }

/** A component that content asks for, as written: it may not exist. */
export type ComponentReference = {
  readonly line: number
  /** The values given for the component's parameters, as text and without their quotes. */
  readonly parameters: Readonly<Record<string, string>>
} & (
  | { readonly by: 'id'; readonly id: string }
  | {
      readonly by: 'name'
      readonly region: string
      readonly account: string
      readonly name: string
      /** `1.0.3`, or with a `*` in place of parts: `1.0.*`. */
      readonly version: string
    }
)

export type ParameterType = 'String' | 'Number' | 'Boolean'

/** A parameter that a YAML document declares. Without a default, the caller must give a value. */
export interface Parameter {
  readonly line: number
  readonly name: string
  readonly type: ParameterType
  readonly defaultValue?: string | number | boolean
}

export type ActionName =
  | 'RunShellCommand'
  | 'RunPowerShellCommand'
  | 'InvokeCommand'
  | 'OSSDownload'
  | 'OSSUpload'
  | 'WebDownload'
  | 'Reboot'

/** One task of a YAML document; its properties are as written, references not yet filled in. */
export interface Task {
  readonly line: number
  readonly name: string
  readonly action: ActionName
  readonly properties: Readonly<Record<string, Json>>
}

/** A parameter as DescribeImageComponents writes it: every default is text on the wire. */
export interface ComponentParameter {
  readonly Name: string
  readonly Type: ParameterType
  readonly DefaultValue?: string
}
