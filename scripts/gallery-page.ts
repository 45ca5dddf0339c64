import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadScenario } from '../src/simulate/scenario/load.js'
import type { Scenario } from '../src/simulate/scenario/types.js'

/** The folders of scenarios/, in the order in which one would read them. */
const groups: readonly (readonly [folder: string, heading: string, what: string])[] = [
  ['.', 'All of it', 'The whole life of an image in one file; the README begins with it.'],
  ['basics', 'Basics', 'What an execution does, and what it leaves behind.'],
  ['failures', 'Failures', 'What goes wrong in each stage, and what callers see of it.'],
  [
    'traps',
    'Traps',
    'Where waiting, retrying and scheduling go wrong, although all is as documented.',
  ],
  ['cancel', 'Cancel', 'When it is legal, when it comes too late, how long it takes.'],
  ['crash', 'Crashes', 'The process dies, and nothing is lost or done twice.'],
  ['limits', 'Limits', 'Quotas, slots and names: what there is only so much of.'],
  ['refusals', 'Refusals', 'What is refused at the start, and why only then.'],
  ['content', 'Content', 'Build and test content, and the components that it names.'],
  ['chance', 'Chance', 'Durations, failures, outages and throttling by plan and by draw.'],
  ['explore', 'Explore', 'Made to be explored: every outcome, every order, every crash.'],
  ['terraform', 'Terraform', 'The acceptance tests of the Terraform provider.'],
]

interface Shown {
  readonly path: string
  readonly scenario: Scenario
}

/** The page of all scenarios that ship, made from the files themselves. */
export function galleryPage(folder = 'scenarios'): string {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((path): Shown => {
      return { path, scenario: loadScenario(readFileSync(join(folder, path), 'utf8'), path) }
    })
  const groupOf = ({ path }: Shown): string =>
    path.includes('/') ? (path.split('/')[0] ?? '') : '.'
  const unknown = all.find((each) => !groups.some(([group]) => group === groupOf(each)))
  if (unknown) throw new Error(`scripts/gallery-page.ts knows no group for ${unknown.path}`)
  return [
    '# The scenarios that ship',
    '',
    `${all.length} scenarios, each with one lesson. \`bakeline replay scenarios/traps\` plays a group; \`--db run.db\` keeps the database of one, and \`bakeline serve --db run.db\` lets your own client look at it. This page is made from the files by \`npx tsx scripts/gallery.ts\`.`,
    ...groups.flatMap(([group, heading, what]) =>
      ['', `## ${heading}`, '', what].concat(
        all.filter((each) => groupOf(each) === group).flatMap(entry),
      ),
    ),
    '',
  ].join('\n')
}

function entry({ path, scenario }: Shown): string[] {
  const { name, about } = scenario
  return ['', `**[${name}](../scenarios/${path})**`, '', `${about ?? ''}`, ...facts(scenario)]
}

/** What is to be seen in it, for who looks for a status or a code. */
function facts({ steps }: Scenario): string[] {
  const ends = steps.flatMap((step) => {
    return step.kind === 'expectExecution' && step.status !== undefined ? [step.status] : []
  })
  const codes = steps.flatMap((step) => {
    if ('refused' in step && step.refused !== null) return [step.refused]
    return step.kind === 'expectExecution' && step.error != null ? [step.error] : []
  })
  const shown = [...new Set([...ends, ...codes])].map((word) => `\`${word}\``)
  return shown.length === 0 ? [] : ['', shown.join(' ')]
}
