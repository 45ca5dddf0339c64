/** Texts that are being written, by the name of their file: for as long as the tab is open. */

const prefix = 'bakeline.draft.'
const drafts = new Map<string, string>()

/** What was made of a file; null when nothing was. */
export function draftOf(name: string): string | null {
  const known = drafts.get(name)
  if (known !== undefined) return known
  try {
    return sessionStorage.getItem(prefix + name)
  } catch {
    return null
  }
}

/** Keeps a text; null lets go of it, so that the file is as it ships. */
export function keepDraft(name: string, text: string | null): void {
  if (text === null) drafts.delete(name)
  else drafts.set(name, text)
  try {
    if (text === null) sessionStorage.removeItem(prefix + name)
    else sessionStorage.setItem(prefix + name, text)
  } catch {
    // There is no room: it is there until the page is loaded anew.
  }
}
