import type { Condition } from './conditions.js'
import type { AccessRequest } from './request.js'

/** A policy as RAM has it, in JSON. */
export interface PolicyDocument {
  readonly Version: '1'
  readonly Statement: StatementDocument | readonly StatementDocument[]
}

/** One of `Action` and `NotAction`, and one of `Resource` and `NotResource`. */
export interface StatementDocument {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: Texts
  readonly NotAction?: Texts
  readonly Resource?: Texts
  readonly NotResource?: Texts
  /** `{ IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } }` */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Texts>>>>
}

type Texts = string | readonly string[]

/** A policy that was read; see `parsePolicy`. */
export interface Policy {
  readonly statements: readonly Statement[]
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny'
  readonly action: (action: string) => boolean
  readonly resource: (resource: string) => boolean
  /** All of them must hold. */
  readonly conditions: readonly Condition[]
}

export type Verdict = 'allow' | 'explicitDeny' | 'implicitDeny'

/**
 * What policies say together: a Deny that applies wins over every Allow, in whatever order they
 * stand, and what nothing allows is denied.
 */
export function evaluate(policies: readonly Policy[], request: AccessRequest): Verdict {
  const effects = new Set<Statement['effect']>()
  for (const statement of policies.flatMap(({ statements }) => statements)) {
    if (applies(statement, request)) effects.add(statement.effect)
  }
  if (effects.has('Deny')) return 'explicitDeny'
  return effects.has('Allow') ? 'allow' : 'implicitDeny'
}

function applies(statement: Statement, request: AccessRequest): boolean {
  return (
    statement.action(request.action) &&
    statement.resource(request.resource) &&
    statement.conditions.every((holds) => holds(request))
  )
}

/** A resource by its name in RAM; without an id, all of its type: `…:imagepipeline/*`. */
export function arn(resource: {
  readonly region: string
  readonly account: string
  /** `imagepipeline`, `imagepipelineexecution`, `imagecomponent`, `image`, … */
  readonly type: string
  readonly id?: string
}): string {
  const { region, account, type, id = '*' } = resource
  return `acs:ecs:${region}:${account}:${type}/${id}`
}
