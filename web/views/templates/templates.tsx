import { type RefObject } from 'preact'
import { useRef, useState } from 'preact/hooks'
import './templates.css'
import { useKeys } from '../../lib/keys.js'
import { useLoaded } from '../../lib/loaded.js'
import { setQuery, useRoute } from '../../lib/route.js'
import { useRowKeys } from '../../lib/row-keys.js'
import { useWatched } from '../../lib/watched.js'
import { model } from '../../model/model.js'
import { Button, Segmented } from '../../parts/controls.js'
import { Icon } from '../../parts/icon.js'
import { Refused } from '../../parts/refused.js'
import { MakeForm } from './make-form.js'
import { Shown } from './shown.js'
import { type Component, idOf, type Kind, matching, type Template } from './things.js'

/** What is baked, and what it is made of. */
export function Templates() {
  useWatched(model)
  const { query } = useRoute()
  const kind: Kind = query.get('of') === 'components' ? 'component' : 'template'
  const [made, setMade] = useState(0)
  const { all, refusal } = useThings(kind, made)
  const text = query.get('q') ?? ''
  const things = matching(all, text)
  const search = useRef<HTMLInputElement>(null)
  const chosen = things.find((each) => idOf(each) === query.get('sel')) ?? null
  const [form, setForm] = useState<{ readonly from: Template | Component | null } | null>(null)
  useRowKeys({
    at: things.findIndex((each) => each === chosen),
    count: things.length,
    select: (index) => setQuery({ sel: idOf(things[index] as Template | Component) }),
    does: ['The next row', 'The row before'],
  })
  useKeys([
    { keys: 'c', does: `Create a ${kind}`, run: () => setForm({ from: null }) },
    { keys: '/', does: `Find a ${kind}`, run: () => search.current?.focus() },
    { keys: 'Escape', does: 'Close', run: () => setForm(null), silent: true },
  ])
  return (
    <div class="templates">
      <section class="templates-list">
        <Head
          kind={kind}
          count={all.length}
          text={text}
          search={search}
          onKind={(to) => {
            setForm(null)
            setQuery({ of: to === 'component' ? 'components' : null, sel: null, q: null })
          }}
          onCreate={() => setForm({ from: null })}
        />
        {refusal !== null && (
          <div class="pad">
            <Refused refusal={refusal} says={`The ${kind}s could not be read`} />
          </div>
        )}
        <List kind={kind} all={all} things={things} chosen={chosen} />
      </section>
      <aside class="templates-side" aria-label={form === null ? 'What is chosen' : 'Create'}>
        {form === null ? (
          <Shown
            kind={kind}
            thing={chosen}
            onAgain={() => chosen !== null && setForm({ from: chosen })}
            onGone={() => {
              setMade((n) => n + 1)
              setQuery({ sel: null })
            }}
          />
        ) : (
          <MakeForm
            key={`${kind} ${form.from === null ? '' : idOf(form.from)}`}
            kind={kind}
            from={form.from}
            onClose={() => setForm(null)}
            onMade={(id) => {
              setForm(null)
              setMade((n) => n + 1)
              void model.loadTemplates()
              setQuery({ sel: id })
            }}
          />
        )}
      </aside>
    </div>
  )
}

/** Those of a kind, of every region and account. */
function useThings(kind: Kind, made: number) {
  const asked = `${made} ${model.templates.size}`
  const templates = useLoaded<{ templates: Template[] }>('/templates', asked)
  const components = useLoaded<{ components: Component[] }>('/components', `${kind} ${asked}`)
  const { refusal } = kind === 'template' ? templates : components
  const all: readonly (Template | Component)[] =
    (kind === 'template' ? templates.value?.templates : components.value?.components) ?? []
  return { all, refusal }
}

interface HeadProps {
  readonly kind: Kind
  readonly count: number
  readonly text: string
  readonly search: RefObject<HTMLInputElement | null>
  readonly onKind: (kind: Kind) => void
  readonly onCreate: () => void
}

function Head({ kind, count, text, search, onKind, onCreate }: HeadProps) {
  return (
    <div class="view-head">
      <h1>{kind === 'template' ? 'Templates' : 'Components'}</h1>
      <span class="faint">{count}</span>
      <span class="grow" />
      <label class="search">
        <Icon name="search" />
        <span class="unseen">Find a {kind}</span>
        <input
          ref={search}
          type="search"
          placeholder="name, id or region"
          value={text}
          onInput={(event) => setQuery({ q: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') search.current?.blur()
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      <Segmented
        label="What is listed"
        value={kind}
        options={[
          ['template', 'Templates'],
          ['component', 'Components'],
        ]}
        onPick={onKind}
      />
      <Button kind="main" icon="plus" keys="C" onPress={onCreate}>
        Create
      </Button>
    </div>
  )
}

interface ListProps {
  readonly kind: Kind
  readonly all: readonly (Template | Component)[]
  /** Those of them that are searched for. */
  readonly things: readonly (Template | Component)[]
  readonly chosen: Template | Component | null
}

function NoneYet({ kind }: { readonly kind: Kind }) {
  return (
    <div class="empty">
      <h2>No {kind} yet</h2>
      <p class="soft">
        {kind === 'template'
          ? 'A template says what to build from what, where to copy it, and whom to share it with.'
          : 'A component is a named, versioned piece of build or test content.'}{' '}
        Create makes one; so does{' '}
        {kind === 'template' ? 'CreateImagePipeline' : 'CreateImageComponent'} of any client.
      </p>
    </div>
  )
}

function List({ kind, all, things, chosen }: ListProps) {
  if (all.length === 0) return <NoneYet kind={kind} />
  if (things.length === 0) {
    return (
      <div class="empty">
        <h2>Nothing matches</h2>
        <Button onPress={() => setQuery({ q: null })}>Clear the filter</Button>
      </div>
    )
  }
  return (
    <div class="templates-scroll">
      <table class="templates-table">
        <thead>
          <tr>
            <th>Name</th>
            <th>{kind === 'template' ? 'Base image' : 'Version'}</th>
            <th>{kind === 'template' ? 'Copied to' : 'For'}</th>
            <th>Region</th>
          </tr>
        </thead>
        <tbody>
          {things.map((thing) => {
            const id = idOf(thing)
            return (
              <tr key={id} class={thing === chosen ? 'chosen' : ''}>
                <td>
                  <button
                    type="button"
                    class="templates-name"
                    aria-pressed={thing === chosen}
                    onClick={() => setQuery({ sel: id })}
                  >
                    <b>{thing.Name}</b>
                    <code class="faint">{id}</code>
                  </button>
                </td>
                {'ImagePipelineId' in thing ? (
                  <>
                    <td class="mono cut">
                      {thing.Parameters.BaseImage ?? thing.Parameters.BaseImageType}
                    </td>
                    <td class="cut" title={thing.Parameters.ToRegionId?.join(', ')}>
                      {copiesOf(thing)}
                    </td>
                    <td class="mono">{thing.Region}</td>
                  </>
                ) : (
                  <>
                    <td class="mono">{thing.ComponentVersion}</td>
                    <td>
                      {thing.ComponentType}, {thing.SystemType}
                    </td>
                    <td class="mono">{thing.Region}</td>
                  </>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function copiesOf({ Parameters: { ToRegionId = [] } }: Template): string {
  if (ToRegionId.length === 0) return 'stays'
  const [first = '', ...rest] = ToRegionId
  if (rest.length === 1) return ToRegionId.join(', ')
  return rest.length === 0 ? first : `${first} and ${rest.length} more`
}
