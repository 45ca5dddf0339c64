import { useEffect, useState } from 'preact/hooks'
import type { Call } from '../../calls/operation.js'
import { type Signed, signV1, signV3 } from '../../calls/sign.js'
import type { SendSettings } from './send-bar.js'

/** A request that was sent, and what came back. */
export interface Exchange {
  readonly signed: Signed
  readonly call: Call
  readonly status: number
  readonly text: string
  readonly tookMs: number
}

async function signedBy(call: Call, settings: SendSettings): Promise<Signed> {
  const { key, version, format } = settings
  const nonce = crypto.randomUUID().replaceAll('-', '')
  const signing = { key, format, now: Date.now(), nonce }
  return version === 'V3' ? signV3(call, signing) : signV1(call, signing)
}

/** Signs and sends. A server that cannot be reached is status 0. */
export async function send(call: Call, settings: SendSettings): Promise<Exchange> {
  const signed = await signedBy(call, settings)
  const headers = signed.headers.filter(([name]) => name !== 'host').map(([...pair]) => pair)
  const started = performance.now()
  try {
    const response = await fetch(signed.target, { method: signed.method, headers })
    const text = await response.text()
    return { signed, call, status: response.status, text, tookMs: performance.now() - started }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return { signed, call, status: 0, text, tookMs: performance.now() - started }
  }
}

/** The request that would be sent now, signed. */
export function usePreview(call: Call | null, settings: SendSettings): Signed | null {
  const [signed, setSigned] = useState<Signed | null>(null)
  const key = JSON.stringify([call?.operation.action, call?.values, settings])
  useEffect(() => {
    if (call === null) return
    let stale = false
    void signedBy(call, settings).then((made) => !stale && setSigned(made))
    return () => {
      stale = true
    }
  }, [key])
  return signed
}
