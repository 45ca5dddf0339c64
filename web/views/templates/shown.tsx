import { useState } from 'preact/hooks'
import { asRefusal, call, type Refusal } from '../../lib/api.js'
import { linkTo } from '../../lib/route.js'
import { model } from '../../model/model.js'
import { Button } from '../../parts/controls.js'
import { Refused } from '../../parts/refused.js'
import { type Component, idOf, type Kind, type Template } from './things.js'

interface ShownProps {
  readonly kind: Kind
  readonly thing: Template | Component | null
  /** Create anew from it. */
  readonly onAgain: () => void
  readonly onGone: () => void
}

/** One template or component, as it was made. */
export function Shown({ kind, thing, onAgain, onGone }: ShownProps) {
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  if (thing === null) {
    return <p class="pad soft">Pick a {kind} to see all of it.</p>
  }
  const remove = async (): Promise<void> => {
    const own = 'ImagePipelineId' in thing
    const action = own ? 'DeleteImagePipeline' : 'DeleteImageComponent'
    const parameters = own
      ? { RegionId: thing.Region, ImagePipelineId: thing.ImagePipelineId }
      : { RegionId: thing.Region, ImageComponentId: thing.ImageComponentId }
    try {
      await call(action, parameters)
      setRefusal(null)
      onGone()
    } catch (error) {
      setRefusal(asRefusal(error))
    }
  }
  const fields = 'ImagePipelineId' in thing ? thing.Parameters : thing
  const texts = ['BuildContent', 'TestContent', 'Content']
  const plain = Object.entries(fields).filter(
    ([name, value]) =>
      !texts.includes(name) && value !== undefined && value !== '' && !isEmpty(value),
  )
  return (
    <div class="templates-shown">
      <div class="view-head">
        <h2 class="grow cut">{thing.Name}</h2>
        <Button
          icon="copy"
          title="The service changes no template or component: a new one is made from this"
          onPress={onAgain}
        >
          Create anew from it
        </Button>
      </div>
      {refusal !== null && (
        <div class="pad">
          <Refused refusal={refusal} says="Refused, nothing was deleted" />
        </div>
      )}
      <Facts plain={plain} />
      {texts.map((name) => {
        const text = (fields as Readonly<Record<string, unknown>>)[name]
        if (typeof text !== 'string' || text === '') return null
        return (
          <div key={name} class="pad">
            <h3 class="mono faint">{name}</h3>
            <pre class="code" tabIndex={0} aria-label={name}>
              {text}
            </pre>
          </div>
        )
      })}
      <div class="pad templates-ends">
        {'ImagePipelineId' in thing && (
          <a
            class="button"
            href={`${linkTo('executions')}?q=${encodeURIComponent(`template:${thing.Name}`)}`}
          >
            Its executions
          </a>
        )}
        <Deletion key={idOf(thing)} thing={thing} onDelete={() => void remove()} />
      </div>
    </div>
  )
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function Facts({ plain }: { readonly plain: readonly (readonly [string, unknown])[] }) {
  return (
    <dl class="templates-facts">
      {plain.map(([name, value]) => (
        <div key={name}>
          <dt class="mono faint">{name}</dt>
          <dd class="mono">{textOf(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A value as one reads it: names one after the other, what has parts as JSON. */
function textOf(value: unknown): string {
  const names = Array.isArray(value) && value.every((each) => typeof each !== 'object')
  if (names) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

interface DeletionProps {
  readonly thing: Template | Component
  readonly onDelete: () => void
}

/** Deletes after it has said what goes with it: nothing brings that back. */
function Deletion({ thing, onDelete }: DeletionProps) {
  const [asked, setAsked] = useState(false)
  if (!asked) {
    return (
      <Button label={`Delete ${thing.Name}`} onPress={() => setAsked(true)}>
        Delete
      </Button>
    )
  }
  return (
    <div class="templates-sure" role="group" aria-label={`Delete ${thing.Name}?`}>
      <span class="soft grow">{goesWith(thing)}</span>
      <Button onPress={() => setAsked(false)}>Keep it</Button>
      <Button kind="main" onPress={onDelete}>
        Delete it
      </Button>
    </div>
  )
}

function goesWith(thing: Template | Component): string {
  if (!('ImagePipelineId' in thing))
    return 'The service refuses it while a template names the component.'
  const count = [...model.rows.values()].filter(({ key }) => key === thing.ImagePipelineId).length
  if (count === 0) return 'Nothing else goes with it.'
  const its = count === 1 ? 'Its execution goes' : `Its ${count} executions go`
  return `${its} with it, history and all. Images stay.`
}
