/** Gives out words that nothing else has yet: `web`, `web-2`, `web-3`. */
export function distinct(separator: string): (word: string) => string {
  const taken = new Set<string>()
  return (word) => {
    let free = word
    for (let n = 2; taken.has(free); n++) free = `${word}${separator}${n}`
    taken.add(free)
    return free
  }
}
