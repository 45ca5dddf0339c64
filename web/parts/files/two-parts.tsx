import type { ComponentChildren } from 'preact'
import { useNarrow } from '../../lib/narrow.js'
import { Segmented } from '../controls.js'

export type Part = 'words' | 'picture'

interface TwoPartsProps {
  /** What the parts are called where there is room for one only. */
  readonly names: readonly [words: string, picture: string]
  readonly labels: readonly [words: string, picture: string]
  readonly part: Part
  readonly onPart: (part: Part) => void
  readonly words: ComponentChildren
  readonly picture: ComponentChildren
}

/** What came of a file: told at the left, drawn at the right; where it is narrow, one of both. */
export function TwoParts({ names, labels, part, onPart, words, picture }: TwoPartsProps) {
  const narrow = useNarrow()
  return (
    <div class="bench-result">
      {narrow && (
        <div class="pad bench-parts">
          <Segmented<Part>
            label="What is shown of it"
            value={part}
            options={[
              ['words', names[0]],
              ['picture', names[1]],
            ]}
            onPick={onPart}
          />
        </div>
      )}
      <section class="bench-words" aria-label={labels[0]} hidden={narrow && part !== 'words'}>
        {words}
      </section>
      <section class="bench-picture" aria-label={labels[1]} hidden={narrow && part !== 'picture'}>
        {picture}
      </section>
    </div>
  )
}
