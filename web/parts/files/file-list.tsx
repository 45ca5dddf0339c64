import { useRef, useState } from 'preact/hooks'
import { useKeys } from '../../lib/keys.js'
import { setQuery } from '../../lib/route.js'
import { Icon } from '../icon.js'

/** A file of the package. */
export interface Shipped {
  readonly path: string
  readonly name: string
  readonly about: string
}

interface FileListProps {
  /** `scenarios` */
  readonly what: string
  readonly files: readonly Shipped[]
  readonly chosen: string
}

/** The files that ship, by folder; one of one's own stands above them. */
export function FileList({ what, files, chosen }: FileListProps) {
  const [text, setText] = useState('')
  const search = useRef<HTMLInputElement>(null)
  useKeys([{ keys: '/', does: `Find one of the ${what}`, run: () => search.current?.focus() }])
  const wanted = text.toLowerCase().trim()
  const found = files.filter(({ path, name, about }) =>
    `${path} ${name} ${about}`.toLowerCase().includes(wanted),
  )
  const folders = [...new Set(found.map(({ path }) => folderOf(path)))].sort()
  const own = files.length > 0 && !files.some(({ path }) => path === chosen)
  return (
    <nav class="side-list files" aria-label={`${what} that ship`}>
      <label class="search">
        <Icon name="search" />
        <span class="unseen">Find one of the {what}</span>
        <input
          ref={search}
          type="search"
          placeholder={`${files.length} ${what}`}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') search.current?.blur()
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      {own && (
        <div>
          <h2 class="small soft strong">your own</h2>
          <button type="button" class="entry cut" aria-current="true">
            {chosen}
          </button>
        </div>
      )}
      {folders.map((folder) => (
        <div key={folder}>
          <h2 class="small soft strong">{folder === '' ? 'begin here' : folder}</h2>
          {found
            .filter(({ path }) => folderOf(path) === folder)
            .map(({ path, name, about }) => (
              <button
                key={path}
                type="button"
                class="entry cut"
                aria-current={path === chosen ? 'true' : undefined}
                title={about}
                onClick={() => setQuery({ file: path })}
              >
                {name}
              </button>
            ))}
        </div>
      ))}
      {found.length === 0 && files.length > 0 && (
        <p class="pad soft">Nothing matches, clear the filter.</p>
      )}
    </nav>
  )
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}
