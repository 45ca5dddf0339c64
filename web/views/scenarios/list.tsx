import { useState } from 'preact/hooks'
import { setQuery } from '../../lib/route.js'
import { Icon } from '../../parts/icon.js'

/** A scenario of the package. */
export interface Shipped {
  readonly path: string
  readonly name: string
  readonly about: string
}

interface ScenarioListProps {
  readonly scenarios: readonly Shipped[]
  readonly chosen: string
}

/** The scenarios that ship, by folder. */
export function ScenarioList({ scenarios, chosen }: ScenarioListProps) {
  const [text, setText] = useState('')
  const found = scenarios.filter(({ path, name, about }) =>
    `${path} ${name} ${about}`.toLowerCase().includes(text.toLowerCase().trim()),
  )
  const folders = [...new Set(found.map(({ path }) => folderOf(path)))].sort()
  return (
    <nav class="scenarios-list" aria-label="Scenarios that ship">
      <label class="search">
        <Icon name="search" />
        <span class="unseen">Find a scenario</span>
        <input
          type="search"
          placeholder={`${scenarios.length} scenarios`}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      {folders.map((folder) => (
        <div key={folder}>
          <h2 class="small soft strong">{folder === '' ? 'begin here' : folder}</h2>
          {found
            .filter(({ path }) => folderOf(path) === folder)
            .map(({ path, name, about }) => (
              <button
                key={path}
                type="button"
                class="cut"
                aria-current={path === chosen ? 'true' : undefined}
                title={about}
                onClick={() => setQuery({ file: path })}
              >
                {name}
              </button>
            ))}
        </div>
      ))}
      {found.length === 0 && <p class="pad soft">Nothing matches, clear the filter.</p>}
    </nav>
  )
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}
