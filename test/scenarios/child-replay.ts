import { play } from '../../src/replay.js'
import { renderTree } from '../../src/simulate/replay/tree.js'

/** Replays the files of the command line, in a process of its own, and prints all there is to see. */
for (const file of process.argv.slice(2)) {
  const replayed = await play(file)
  process.stdout.write(`${renderTree(replayed, 'x.y.z')}${replayed.trace.join('\n')}\n`)
  process.stdout.write(`${replayed.hash}\n`)
}
