export type Kind = 'template' | 'component'

/** A template as the control API tells it. */
export interface Template {
  readonly ImagePipelineId: string
  readonly Name: string
  readonly Region: string
  readonly CreationTime: string
  readonly Parameters: Readonly<Record<string, unknown>> & {
    readonly BaseImage?: string
    readonly BaseImageType?: string
    readonly ToRegionId?: readonly string[]
  }
}

/** A component as the control API tells it. */
export interface Component {
  readonly ImageComponentId: string
  readonly Region: string
  readonly Name: string
  readonly ComponentVersion: string
  readonly ComponentType: 'Build' | 'Test'
  readonly SystemType: 'Linux' | 'Windows'
  readonly Content: string
  readonly Description?: string
  readonly CreationTime: string
}

export function idOf(thing: Template | Component): string {
  return 'ImagePipelineId' in thing ? thing.ImagePipelineId : thing.ImageComponentId
}

/** Those whose name, id or region has what was typed. */
export function matching<T extends Template | Component>(things: readonly T[], text: string) {
  const wanted = text.trim().toLowerCase()
  return things.filter((thing) =>
    `${thing.Name} ${idOf(thing)} ${thing.Region}`.toLowerCase().includes(wanted),
  )
}

/** What a form sends: flat, as on the wire; empty texts are left out. */
export function flat(fields: Readonly<Record<string, string>>, lists: readonly string[]) {
  const entries = Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    if (value.trim() === '') return []
    if (!lists.includes(name)) return [[name, value]]
    const words = value.split(/[\s,]+/).filter((word) => word !== '')
    return words.map((word, index) => [`${name}.${index + 1}`, word])
  })
  return Object.fromEntries(entries)
}
