import { executionMachine } from './execution.js'
import { imageMachine } from './image.js'

/** Every version of every machine that ships, by `id@version`. */
export const machines = { 'execution@1': executionMachine, 'image@1': imageMachine }
