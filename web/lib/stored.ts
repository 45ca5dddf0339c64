/** What the browser keeps from one visit to the next; a file opened from disk may keep nothing. */
export function stored(name: string): string | null {
  try {
    return localStorage.getItem(`bakeline.${name}`)
  } catch {
    return null
  }
}

export function store(name: string, value: string): void {
  try {
    localStorage.setItem(`bakeline.${name}`, value)
  } catch {
    // It holds for as long as the page is open.
  }
}
