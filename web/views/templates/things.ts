import { useEffect } from 'preact/hooks'
import { call } from '../../lib/api.js'

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

/** A component as DescribeImageComponents tells it. */
export interface Component {
  readonly ImageComponentId: string
  readonly Name: string
  readonly ComponentVersion: string
  readonly ComponentType: 'Build' | 'Test'
  readonly SystemType: 'Linux' | 'Windows'
  readonly Content: string
  readonly Description?: string
  readonly CreationTime: string
}

interface Described {
  readonly ImageComponent: { readonly ImageComponentSet: readonly Component[] }
}

/** Reads the own components of a region, when they are looked at. */
export function componentsIn(
  region: string,
  made: number,
  kind: Kind,
  take: (components: readonly Component[]) => void,
): void {
  useEffect(() => {
    if (kind !== 'component') return
    const read = async (): Promise<void> => {
      const parameters = { RegionId: region, MaxResults: '100', Owner: 'SELF' }
      try {
        const answer = await call<Described>('DescribeImageComponents', parameters)
        take(answer.ImageComponent.ImageComponentSet)
      } catch {
        take([])
      }
    }
    void read()
  }, [region, made, kind])
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
