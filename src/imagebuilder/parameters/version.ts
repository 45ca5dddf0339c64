/** A component's version: `1.0.0` is `{ major: 1, minor: 0, patch: 0 }`. */
export interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
}

/** Three whole numbers of at most nine digits, without leading zeros. */
export const versionPattern = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/

/** Reads `major.minor.patch`; `undefined` for anything else. */
export function parseVersion(text: string): Version | undefined {
  const match = versionPattern.exec(text)
  if (match === null) return undefined
  const [, major, minor, patch] = match
  return { major: Number(major), minor: Number(minor), patch: Number(patch) }
}

export function formatVersion({ major, minor, patch }: Version): string {
  return `${major}.${minor}.${patch}`
}

/** Negative when `left` is the older, positive when it is the newer, 0 when they are the same. */
export function compareVersions(left: Version, right: Version): number {
  return left.major - right.major || left.minor - right.minor || left.patch - right.patch
}

/**
 * The version that a component gets when its caller names none: the next major one among the
 * versions of its name, `1.0.0` for the first. What is no version among `existing` is passed over.
 */
export function nextVersion(existing: readonly string[]): string {
  const majors = existing.map((text) => parseVersion(text)?.major ?? 0)
  const major = majors.reduce((most, each) => Math.max(most, each), 0) + 1
  return formatVersion({ major, minor: 0, patch: 0 })
}
