import { useEffect, useState } from 'preact/hooks'

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const changed = (): void => setMatches(media.matches)
    changed()
    media.addEventListener('change', changed)
    return () => media.removeEventListener('change', changed)
  }, [query])
  return matches
}

/** Whether there is room for one column only. */
export function useNarrow(): boolean {
  return useMedia('(max-width: 899px)')
}

/** Whether a column at the side has to lie over the rest. */
export function useNoSide(): boolean {
  return useMedia('(max-width: 1279px)')
}
