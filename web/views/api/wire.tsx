import { useState } from 'preact/hooks'
import type { Signed } from '../../calls/sign.js'
import { clockTime } from '../../lib/time.js'
import { Tabs } from './tabs.js'

const names = ['On the wire', 'String to sign', 'Canonical request'] as const

/** A request, and how its signature came about. */
export function Wire({ signed }: { readonly signed: Signed }) {
  const [tab, setTab] = useState<string>(names[0])
  const texts: Readonly<Record<string, string>> = {
    [names[0]]: wireText(signed),
    [names[1]]: signed.stringToSign,
    [names[2]]: signed.canonical,
  }
  return (
    <section aria-label="Request">
      <Tabs
        label="Request"
        names={names}
        value={tab}
        onPick={setTab}
        text={texts[tab] ?? ''}
        beside={`signed ${clockTime(signed.at, 'utc')}Z`}
      >
        {tab === names[0] ? (
          <pre class="api-code">
            <b>{signed.method}</b> <Target signed={signed} />
            {signed.headers.map(([name, value]) => (
              <>
                {'\n'}
                <span class="faint">{name}:</span> <Value text={value} signed={signed} />
              </>
            ))}
          </pre>
        ) : (
          <pre class="api-code">{texts[tab]}</pre>
        )}
      </Tabs>
    </section>
  )
}

function wireText({ method, target, headers }: Signed): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${target} HTTP/1.1`, ...lines, 'content-length: 0', '', ''].join('\n')
}

function Target({ signed }: { readonly signed: Signed }) {
  const [path = '', query] = signed.target.split('?')
  if (query === undefined) return <>{path}</>
  return (
    <>
      {path}?
      {query.split('&').map((pair, index) => {
        const [name, value] = pair.split('=')
        return (
          <>
            {index > 0 && '&'}
            <span class="faint">{name}=</span>
            {name === 'Signature' ? <b class="api-signature">{value}</b> : value}
          </>
        )
      })}
    </>
  )
}

/** A header's value, with the signature in it where it is. */
function Value({ text, signed }: { readonly text: string; readonly signed: Signed }) {
  const at = text.indexOf(signed.signature)
  if (at < 0) return <>{text}</>
  const shown = text.slice(0, at - 'Signature='.length).split(/(?<=,)/)
  return (
    <>
      {shown.join('\n  ')}
      {'\n  '}
      <b class="api-signature">Signature={signed.signature}</b>
    </>
  )
}
