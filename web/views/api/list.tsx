import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Operation } from '../../calls/operation.js'
import { goTo, linkTo } from '../../lib/route.js'
import { Icon } from '../../parts/icon.js'
import { grouped } from './operations.js'

interface ListProps {
  readonly all: readonly Operation[]
  readonly chosen: string
}

/** The operations by what they are about. */
export function OperationList({
  all,
  chosen,
  search,
}: ListProps & { readonly search: RefObject<HTMLInputElement | null> }) {
  const [text, setText] = useState('')
  const found = all.filter(({ action, summary }) =>
    `${action} ${summary}`.toLowerCase().includes(text.toLowerCase().trim()),
  )
  const current = useRef<HTMLAnchorElement>(null)
  useEffect(() => current.current?.scrollIntoView({ block: 'nearest' }), [chosen])
  return (
    <nav class="side-list api-list" aria-label="Operations">
      <label class="search">
        <Icon name="search" />
        <span class="unseen">Find an operation</span>
        <input
          type="search"
          ref={search}
          placeholder={`${all.length} operations`}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = found
            if (event.key === 'Enter' && first !== undefined) goTo(linkTo('api', first.action))
            if (event.key === 'Escape') setText('')
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      {grouped(found).map(([name, operations]) => (
        <div key={name}>
          <h2 class="small soft strong">{name}</h2>
          {operations.map(({ action }) => (
            <a
              key={action}
              ref={action === chosen ? current : null}
              class="entry cut"
              href={linkTo('api', action)}
              aria-current={action === chosen ? 'page' : undefined}
            >
              {action}
            </a>
          ))}
        </div>
      ))}
      {found.length === 0 && (
        <p class="pad soft">
          Nothing matches.{' '}
          <button type="button" class="button plain" onClick={() => setText('')}>
            Clear the filter
          </button>
        </p>
      )}
    </nav>
  )
}

/** The same where there is no room for a list. */
export function OperationPicker({ all, chosen }: ListProps) {
  return (
    <label class="api-picker">
      <span class="unseen">Operation</span>
      <select
        class="select"
        value={chosen}
        onChange={(event) => goTo(linkTo('api', event.currentTarget.value))}
      >
        {grouped(all).map(([name, operations]) => (
          <optgroup key={name} label={name}>
            {operations.map(({ action }) => (
              <option key={action} value={action}>
                {action}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  )
}
