import { useState } from 'preact/hooks'
import { languages } from '../../calls/code/all.js'
import type { Call } from '../../calls/operation.js'
import type { Signed } from '../../calls/sign.js'
import { CodeText } from '../../parts/code-text.js'
import { Tabs } from './tabs.js'

interface CodeProps {
  readonly call: Call
  /** Where keys are checked: the request that curl repeats. */
  readonly signed: Signed | null
}

/** The same call in other words. */
export function Code({ call, signed }: CodeProps) {
  const [tab, setTab] = useState('Node.js')
  const language = languages.find(({ name }) => name === tab)
  const code = language?.write(call, signed) ?? null
  return (
    <section aria-label="The same call as code">
      <Tabs
        label="Code"
        names={languages.map(({ name }) => name)}
        value={tab}
        onPick={setTab}
        text={code}
      >
        {code === null ? (
          <p class="pad soft">
            The provider has no resource that makes this call. It has one for CreateImagePipeline,
            CreateImageComponent and StartImagePipelineExecution.
          </p>
        ) : (
          <pre class="api-code">
            <CodeText code={code} warm={call.host} />
          </pre>
        )}
      </Tabs>
    </section>
  )
}
