import { Document, isMap, isNode, isSeq, type Node, type YAMLMap } from 'yaml'

/** What is to be said above a line of the file. */
export interface Comment {
  /** The line's place: `['plan', 0]`. */
  readonly path: readonly (string | number)[]
  readonly text: string
}

/** A scenario given as plain data, as the YAML of a file. `notes` stand as comments at its top. */
export function writeScenario(
  scenario: object,
  notes: readonly string[],
  comments: readonly Comment[] = [],
): string {
  const document = new Document(scenario)
  document.commentBefore = notes.map((note) => ` ${note}`).join('\n')
  const top = document.contents as unknown as YAMLMap
  for (const { key, value } of top.items) {
    if (!isMap(value) && !isSeq(value)) continue
    ;(key as Node & { spaceBefore?: boolean }).spaceBefore = true
    if (isSeq(value)) for (const item of value.items) onOneLine(item, isStepWithFields(item))
    else for (const { value: inner } of value.items) onOneLine(inner, true)
  }
  for (const { path, text } of comments) {
    const node = document.getIn(path, true)
    if (isNode(node)) node.commentBefore = ` ${text}`
  }
  return document.toString({ lineWidth: 98 })
}

/** Lists and mappings up to this long stand on one line; it leaves room for their key. */
const widest = 76

/** Puts what fits there on one line; of what is `kept` apart, only what is in it. */
function onOneLine(node: unknown, kept: boolean): void {
  if (isMap(node)) {
    if (!kept && fits(node)) node.flow = true
    else for (const { value } of node.items) onOneLine(value, false)
  } else if (isSeq(node)) {
    if (!node.items.some((item) => isMap(item)) && fits(node)) node.flow = true
    else for (const item of node.items) onOneLine(item, false)
  }
}

function fits(node: { toJSON(): unknown }): boolean {
  return JSON.stringify(node.toJSON()).length <= widest
}

/** A step is a block, as people write it; a rule is a line. */
function isStepWithFields(item: unknown): boolean {
  return isMap(item) && !item.has('task')
}
