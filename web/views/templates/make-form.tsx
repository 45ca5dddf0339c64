import { useRef, useState } from 'preact/hooks'
import { asRefusal, call, type Refusal } from '../../lib/api.js'
import { Button, Segmented } from '../../parts/controls.js'
import { Icon } from '../../parts/icon.js'
import { Refused } from '../../parts/refused.js'
import { ContentField } from './content-field.js'
import { type Component, flat, type Kind, type Template } from './things.js'

type Fields = Readonly<Record<string, string>>

interface MakeFormProps {
  readonly kind: Kind
  /** What to begin with: editing is making anew. */
  readonly from: Template | Component | null
  readonly onClose: () => void
  readonly onMade: (id: string) => void
}

const lists = ['ToRegionId', 'AddAccount']

/** Makes a template or a component; the service's own refusal is shown where it refuses. */
export function MakeForm({ kind, from, onClose, onMade }: MakeFormProps) {
  const [fields, setFields] = useState<Fields>(() => firstFields(kind, from))
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  // What was typed since the last frame belongs to what is sent.
  const newest = useRef(fields)
  const set = (name: string, value: string): void => {
    newest.current = { ...newest.current, [name]: value }
    setFields(newest.current)
  }
  const make = async (): Promise<void> => {
    const action = kind === 'template' ? 'CreateImagePipeline' : 'CreateImageComponent'
    try {
      const answer = await call<Readonly<Record<string, string>>>(
        action,
        flat(newest.current, lists),
      )
      const id = answer['ImagePipelineId'] ?? answer['ImageComponentId'] ?? ''
      onMade(id)
    } catch (error) {
      setRefusal(asRefusal(error))
    }
  }
  return (
    <form
      class="templates-form"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        // A browser would submit the form for it once more.
        event.preventDefault()
        void make()
      }}
    >
      <div class="view-head">
        <h2 class="grow">{from === null ? `Create a ${kind}` : `Create anew from ${from.Name}`}</h2>
        <Button icon="close" kind="plain" label="Close" onPress={onClose} />
      </div>
      <div class="templates-fields">
        {from !== null && (
          <p class="small soft">
            The service changes no {kind}: this makes a new one, and {from.Name} stays as it is.
          </p>
        )}
        {kind === 'template' ? (
          <TemplateFields fields={fields} set={set} />
        ) : (
          <ComponentFields fields={fields} set={set} />
        )}
        {refusal !== null && <Refused refusal={refusal} says="Refused, nothing was made" />}
      </div>
      <div class="templates-send">
        <button type="submit" class="button main">
          <Icon name="plus" />
          Create
          <kbd aria-hidden="true">Ctrl Enter</kbd>
        </button>
      </div>
    </form>
  )
}

function firstFields(kind: Kind, from: Template | Component | null): Fields {
  if (from === null) {
    return kind === 'template'
      ? {
          RegionId: 'cn-hangzhou',
          BaseImageType: 'IMAGE',
          BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
          BuildContent: 'RUN yum update -y\n',
        }
      : {
          RegionId: 'cn-hangzhou',
          ComponentType: 'Build',
          SystemType: 'Linux',
          Content: 'RUN yum install -y nginx\n',
        }
  }
  const given: Readonly<Record<string, unknown>> =
    'ImagePipelineId' in from ? from.Parameters : { ...from, RegionId: from.Region }
  const known = kind === 'template' ? templateNames : componentNames
  const entries = known.map((name): [string, string] => {
    const value = given[name]
    return [name, Array.isArray(value) ? value.join(' ') : value === undefined ? '' : String(value)]
  })
  return Object.fromEntries(entries.filter(([name]) => name !== 'ComponentVersion'))
}

const templateNames =
  'RegionId BaseImageType BaseImage Name Description ImageName ImageFamily SystemDiskSize RepairMode ToRegionId AddAccount BuildContent TestContent'.split(
    ' ',
  )
const componentNames =
  'RegionId Name Description ComponentType SystemType ComponentVersion Content'.split(' ')

interface FieldsProps {
  readonly fields: Fields
  readonly set: (name: string, value: string) => void
}

function TemplateFields({ fields, set }: FieldsProps) {
  const use = { kind: 'template', systemType: 'Linux' } as const
  return (
    <>
      <div class="templates-pair">
        <Line name="Name" fields={fields} set={set} />
        <Line name="RegionId" fields={fields} set={set} />
      </div>
      <Pick
        name="BaseImageType"
        words={['IMAGE', 'IMAGE_FAMILY', 'OSS']}
        fields={fields}
        set={set}
      />
      <Line name="BaseImage" fields={fields} set={set} />
      <Line
        name="ToRegionId"
        hint="separated by blanks; empty: it stays"
        fields={fields}
        set={set}
      />
      <div class="templates-pair">
        <Line name="AddAccount" hint="account ids" fields={fields} set={set} />
        <Line name="SystemDiskSize" hint="20 to 500 GiB, default 40" fields={fields} set={set} />
      </div>
      <ContentField
        label="BuildContent"
        text={fields['BuildContent'] ?? ''}
        use={{ ...use, purpose: 'Build' }}
        onInput={(text) => set('BuildContent', text)}
      />
      <ContentField
        label="TestContent"
        text={fields['TestContent'] ?? ''}
        use={{ ...use, purpose: 'Test' }}
        onInput={(text) => set('TestContent', text)}
      />
    </>
  )
}

function ComponentFields({ fields, set }: FieldsProps) {
  const purpose = fields['ComponentType'] === 'Test' ? 'Test' : 'Build'
  const systemType = fields['SystemType'] === 'Windows' ? 'Windows' : 'Linux'
  return (
    <>
      <div class="templates-pair">
        <Line name="Name" fields={fields} set={set} />
        <Line name="RegionId" fields={fields} set={set} />
        <Pick name="ComponentType" words={['Build', 'Test']} fields={fields} set={set} />
        <Pick name="SystemType" words={['Linux', 'Windows']} fields={fields} set={set} />
      </div>
      <Line name="ComponentVersion" hint="1.0.0; empty: the next" fields={fields} set={set} />
      <ContentField
        label="Content"
        text={fields['Content'] ?? ''}
        use={{ kind: 'component', purpose, systemType }}
        onInput={(text) => set('Content', text)}
      />
    </>
  )
}

interface LineProps extends FieldsProps {
  readonly name: string
  readonly hint?: string
}

function Line({ name, hint, fields, set }: LineProps) {
  return (
    <label class="field">
      <span class="label">
        <code>{name}</code> <span class="faint">{hint}</span>
      </span>
      <input
        class="input mono"
        value={fields[name] ?? ''}
        onInput={(event) => set(name, event.currentTarget.value)}
      />
    </label>
  )
}

interface PickProps extends FieldsProps {
  readonly name: string
  readonly words: readonly string[]
}

function Pick({ name, words, fields, set }: PickProps) {
  return (
    <div class="field">
      <span class="label">
        <code>{name}</code>
      </span>
      <Segmented
        label={name}
        value={fields[name] ?? ''}
        options={words.map((word) => [word, word] as const)}
        onPick={(word) => set(name, word)}
      />
    </div>
  )
}
