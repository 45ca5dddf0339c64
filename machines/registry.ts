import { executionMachine } from './execution.js'

/** Every version of every machine that ships, by `id@version`. */
export const machines = { 'execution@1': executionMachine }
