import { type DescribedOperation, describeOperations } from '../src/gateway/describe/operations.js'
import type { DescribedParameter } from '../src/gateway/describe/parameters.js'
import { operations } from '../src/gateway/operations/index.js'

const intro = `# Coverage

What is understood of the API, operation by operation. This page is made from the declarations that the checks themselves read, by \`npx tsx scripts/coverage.ts\`; \`/_bakeline/ecs/openapi.json\` and \`/_bakeline/ecs/operations\` have the same for programs.

- A parameter that is not honoured is accepted, and its line says why nothing follows from it.
- Every code without a reason is shown by a test that sends a request which is refused with it, or, for those of status 500, by a fault that is set. \`test/gateway/every-code.test.ts\` holds the tests against this list.
- Every operation is also refused by what the gateway itself says: signatures, times, RAM, throttling. [Fidelity](fidelity.md#the-gateway) has those.
`

/** docs/coverage.md, from the declarations of the operations. */
export function coveragePage(): string {
  const described = describeOperations(operations)
  return `${[intro, summary(described), ...described.map(section)].join('\n')}`
}

const [begin, end] = ['<!-- begin: never -->', '<!-- end: never -->']

/** docs/fidelity.md with its last table made anew: codes that no request gets, and why. */
export function withCodesOfNobody(page: string): string {
  const rows = describeOperations(operations).flatMap(({ action, errors }) => {
    const byReason = new Map<string, string[]>()
    for (const { status, code, never } of errors) {
      if (never === undefined) continue
      byReason.set(never, [...(byReason.get(never) ?? []), `${status} \`${code}\``])
    }
    return [...byReason].map(([why, codes]) => `| ${action} | ${codes.join(', ')} | ${why} |`)
  })
  const table = ['| operation | codes | why |', '|---|---|---|', ...rows].join('\n')
  const [before = '', rest = ''] = page.split(begin)
  return `${before}${begin}\n\n${table}\n\n${end}${rest.split(end)[1] ?? ''}`
}

function summary(described: readonly DescribedOperation[]): string {
  const rows = described.map((each) => {
    const { product, version, action, kind, parameters, errors } = each
    const honoured = parameters.filter((parameter) => parameter.honoured).length
    const shown = errors.filter(({ never }) => never === undefined).length
    const link = `[${action}](#${action.toLowerCase()})`
    const counts = `${honoured} of ${parameters.length} | ${shown} of ${errors.length}`
    return `| ${link} | ${product} ${version} | ${kind} | ${counts} |`
  })
  const head = [
    '| operation | product | kind | parameters honoured | codes shown |',
    '|---|---|---|---|---|',
  ]
  return `${[...head, ...rows].join('\n')}\n`
}

function section(operation: DescribedOperation): string {
  const { action, summary: says, ramAction, parameters, rules, errors } = operation
  const head = [`## ${action}`, '', `${says} RAM: \`${ramAction}\`.`, '']
  const table = [
    '| parameter | type | limits | without it | |',
    '|---|---|---|---|---|',
    ...parameters.map(parameterRow),
    '',
  ]
  const between = rules.map(({ says: rule, code }) => `- ${rule} \`${code}\``)
  const codes = errors.map(
    ({ status, code, never }) => `| ${status} | \`${code}\` | ${never ?? 'shown'} |`,
  )
  return [
    ...head,
    ...table,
    ...(between.length > 0 ? [...between, ''] : []),
    ...(codes.length > 0 ? ['| status | code | |', '|---|---|---|', ...codes, ''] : []),
  ].join('\n')
}

function parameterRow(parameter: DescribedParameter): string {
  const { name, type, items, required, honoured, docs, limitsText, deprecated } = parameter
  const fallback = parameter.default ?? parameter.otherwise ?? ''
  const without = required ? 'refused' : String(fallback)
  const notes = [
    honoured ? docs : `Not honoured. ${docs}`,
    ...(deprecated === undefined ? [] : [`Use \`${deprecated}\`.`]),
  ].join(' ')
  const kind = items === undefined ? type : `${type} of ${items}`
  return `| ${[`\`${name}\``, kind, limitsText, without, notes].map(cell).join(' | ')} |`
}

/** A bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
