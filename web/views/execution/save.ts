import { asRefusal, getText } from '../../lib/api.js'
import { toast } from '../../parts/toast.js'

/**
 * Saves what happened as a file that `bakeline replay` plays again.
 *
 * @param step up to where; null: up to now
 */
export async function saveScenario(id: string, step: number | null): Promise<void> {
  try {
    const upTo = step === null ? '' : `?step=${step}`
    const name = step === null ? `${id}.yaml` : `${id}-step-${step}.yaml`
    const text = await getText(`/executions/${encodeURIComponent(id)}/scenario${upTo}`)
    const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
    const link = window.document.createElement('a')
    Object.assign(link, { href: url, download: name })
    link.click()
    URL.revokeObjectURL(url)
    const what = step === null ? '' : `, up to step ${step}`
    toast(`Saved ${name}${what}: bakeline replay ${name} plays it again`)
  } catch (error) {
    const { code, message } = asRefusal(error)
    toast(`${code}: ${message}`)
  }
}
