import type { ActionName, ParameterType, SystemType } from './model.js'

export interface PropertyRule {
  /** `Json` is a mapping, or a text that holds one. */
  readonly type: ParameterType | 'Json'
  readonly required: boolean
}

interface ActionRule {
  /** The only system that has this action; absent when both do. */
  readonly systemType?: SystemType
  /** Whether a later task may say `{{ task.stdout }}`; no action has another output. */
  readonly hasStdout: boolean
  readonly properties: Readonly<Record<string, PropertyRule>>
}

const text: PropertyRule = { type: 'String', required: true }
const optionalText: PropertyRule = { type: 'String', required: false }
const optionalNumber: PropertyRule = { type: 'Number', required: false }
const flag: PropertyRule = { type: 'Boolean', required: false }
const json: PropertyRule = { type: 'Json', required: false }

/**
 * The seven actions, as the page "Commands supported by Image Builder" has them. That the three
 * commands give `stdout` and the others nothing is our reading of that page's merged cells.
 */
export const ACTIONS: Readonly<Record<ActionName, ActionRule>> = {
  RunShellCommand: {
    systemType: 'Linux',
    hasStdout: true,
    properties: { commandContent: text, workingDir: optionalText, username: optionalText },
  },
  RunPowerShellCommand: {
    systemType: 'Windows',
    hasStdout: true,
    properties: {
      commandContent: text,
      workingDir: optionalText,
      username: optionalText,
      windowsPasswordName: optionalText,
    },
  },
  InvokeCommand: {
    hasStdout: true,
    properties: { commandId: text, username: optionalText, parameters: json },
  },
  OSSDownload: {
    hasStdout: false,
    properties: {
      bucketName: text,
      destinationDir: text,
      objectName: text,
      ossRegion: optionalText,
      validTime: optionalNumber,
    },
  },
  OSSUpload: {
    hasStdout: false,
    properties: {
      bucketName: text,
      fileToUpload: text,
      objectName: text,
      ossRegion: optionalText,
      validTime: optionalNumber,
    },
  },
  WebDownload: {
    hasStdout: false,
    properties: {
      sourcePath: text,
      destinationDir: text,
      tokenInfo: optionalText,
      timeout: optionalNumber,
    },
  },
  Reboot: { hasStdout: false, properties: { forceStop: flag } },
}

/** The name of an action, or undefined for any other word. */
export function actionName(word: string): ActionName | undefined {
  return actionNames.find((name) => name === word)
}

export const actionNames = Object.keys(ACTIONS) as ActionName[]
