// Plays whole executions in one way, in a process of its own: told how many, it answers with its rate.
import { playActors } from './actors.js'
import { playPipeline } from './pipeline.js'

const live = 100

const plays: Readonly<Record<string, (executions: number) => number | Promise<number>>> = {
  plain: (executions) => playPipeline(executions, live, {}),
  timeouts: (executions) => playPipeline(executions, live, { timeouts: true }),
  compiled: (executions) => playPipeline(executions, live, { steps: 'compiled' }),
  interpreted: (executions) => playPipeline(executions, live, { steps: 'interpreted' }),
  actors: (executions) => playActors(executions, live),
}

const play = plays[process.argv[2] as string] as (executions: number) => number | Promise<number>
process.on('message', async (executions: number) => process.send?.(await play(executions)))
