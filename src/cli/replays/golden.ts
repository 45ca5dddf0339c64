import { readFile, writeFile } from 'node:fs/promises'
import { renderTree } from '../../simulate/replay/tree.js'
import type { Replayed } from '../../simulate/replay/types.js'

/** How a run compares with the tree that was kept of an earlier one. */
export interface Golden {
  readonly file: string
  readonly verdict: 'same' | 'written' | 'missing' | 'other'
  /** What is wrong, for people; null when nothing is. */
  readonly problem: string | null
}

/** Where the tree of a scenario is kept: `web.golden.txt` beside `web.yaml`. */
function goldenOf(scenario: string): string {
  return `${scenario.replace(/\.(ya?ml|json)$/, '')}.golden.txt`
}

/**
 * Compares a run with its golden file, or writes that. The file is the tree with the hash of the
 * trace and without the version, so that an update of the package alone changes nothing in it.
 */
export async function compareGolden(replayed: Replayed, update: boolean): Promise<Golden> {
  const file = goldenOf(replayed.file)
  const tree = renderTree(replayed, null)
  const kept = await readFile(file, 'utf8').catch(() => null)
  if (kept === tree) return { file, verdict: 'same', problem: null }
  if (update) {
    await writeFile(file, tree)
    return { file, verdict: 'written', problem: null }
  }
  const problem =
    kept === null
      ? `there is no ${file} yet: --golden --update writes it`
      : `${file} ${firstDifference(kept, tree)}`
  return { file, verdict: kept === null ? 'missing' : 'other', problem }
}

/** The first line that differs, as it was and as it is. */
function firstDifference(kept: string, now: string): string {
  const [old, fresh] = [kept.split('\n'), now.split('\n')]
  const at = old.findIndex((line, index) => line !== fresh[index])
  const index = at < 0 ? old.length : at
  const shown = (line: string | undefined): string => line ?? '(the end)'
  return `differs in line ${index + 1}\n    it was  ${shown(old[index])}\n    it is   ${shown(fresh[index])}`
}
