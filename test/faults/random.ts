/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The seed of this run: `FAULTS_SEED`, or a new one every time. */
export const runSeed = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000)

/** What a failure says, so that the same run can be had again. */
export const again = `run it again with FAULTS_SEED=${runSeed}`
