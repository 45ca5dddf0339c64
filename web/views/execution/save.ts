import { asRefusal, getText } from '../../lib/api.js'
import { toast } from '../../parts/toast.js'

/** Saves what happened as a file that `bakeline replay` plays again. */
export async function saveScenario(id: string): Promise<void> {
  try {
    const text = await getText(`/executions/${encodeURIComponent(id)}/scenario`)
    const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
    const link = window.document.createElement('a')
    Object.assign(link, { href: url, download: `${id}.yaml` })
    link.click()
    URL.revokeObjectURL(url)
    toast(`Saved ${id}.yaml: bakeline replay ${id}.yaml plays it again`)
  } catch (error) {
    const { code, message } = asRefusal(error)
    toast(`${code}: ${message}`)
  }
}
