const VERSION = /^(\d+)\.(\d+)\.(\d+)$/

/**
 * The newest of `versions` that matches `pattern`, for example `1.0.*`; a `*` stands for any
 * number in its place, and a pattern without one matches itself alone. Versions compare by number
 * from the left, however long the numbers are; what is no version is passed over.
 *
 * @returns undefined when none matches.
 */
export function latestVersion(pattern: string, versions: Iterable<string>): string | undefined {
  let newest: { text: string; parts: bigint[] } | undefined
  for (const text of versions) {
    const texts = VERSION.exec(text)?.slice(1)
    if (!texts || !matchesVersion(pattern, text)) continue
    const parts = texts.map(BigInt)
    if (!newest || isNewer(parts, newest.parts)) newest = { text, parts }
  }
  return newest?.text
}

/** Whether a version is of a pattern such as `1.0.*`; a version is of itself. */
export function matchesVersion(pattern: string, version: string): boolean {
  const wanted = pattern.split('.')
  const parts = version.split('.')
  return (
    wanted.length === parts.length &&
    parts.every((part, index) => wanted[index] === '*' || wanted[index] === part)
  )
}

function isNewer(a: readonly bigint[], b: readonly bigint[]): boolean {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? 0n
    if (part !== other) return part > other
  }
  return false
}
