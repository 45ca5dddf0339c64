import { BakelineError } from '../../core/errors.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'

/** Steps of another run would mix with the scenario's, and the clock would not stand at its start. */
export async function refuseUsed(builder: ImageBuilder): Promise<void> {
  const used = await builder.engine.read((reader) => {
    const things = ['template', 'component'].map((kind) => reader.catalogFind({ kind, limit: 1 }))
    return things.flat().length > 0 || reader.stream(0, 1).length > 0
  })
  if (!used) return
  const problem = 'the database holds a run already: name a file that does not exist yet'
  throw new BakelineError('INVALID_INPUT', problem)
}
