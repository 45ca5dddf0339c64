import type { Field, ListField, TextRule } from './field.js'

/**
 * The limits of a field in words (`20 to 500 GiB`), for error messages and documentation alike;
 * empty when it has none.
 */
export function limitsOf(field: Field): string {
  switch (field.type) {
    case 'text':
      return textLimits(field)
    case 'choice':
      return `one of ${field.values.join(', ')}`
    case 'integer':
      return [`a whole number from ${field.min} to ${field.max}`, field.unit ?? ''].join(' ').trim()
    case 'long':
      return '1 to 20 digits'
    case 'boolean':
      return 'true or false'
    case 'list':
      return listLimits(field)
    case 'object':
    case 'ignored':
      return ''
  }
}

function textLimits(rule: TextRule): string {
  const parts: string[] = []
  const unit = rule.unit ?? 'characters'
  if (rule.max !== undefined) {
    parts.push(
      rule.min === undefined ? `at most ${rule.max} ${unit}` : `${rule.min} to ${rule.max} ${unit}`,
    )
  }
  if (rule.pattern !== undefined) parts.push(`must ${rule.pattern.says}`)
  const quoted = (words: readonly string[]) => words.map((word) => `"${word}"`).join(' or ')
  if (rule.notStarting !== undefined) parts.push(`must not start with ${quoted(rule.notStarting)}`)
  if (rule.notContaining !== undefined) {
    parts.push(`must not contain ${quoted(rule.notContaining)}`)
  }
  return parts.join('; ')
}

function listLimits(field: ListField): string {
  const count = `at most ${field.max}`
  return field.unique === undefined ? count : `${count}, each with another ${field.unique.key}`
}
