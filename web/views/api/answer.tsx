import { thrownBy, wireErrorOf } from '../../calls/throws.js'
import type { Operation } from '../../calls/operation.js'
import { JsonText } from '../../parts/code-text.js'
import { Icon } from '../../parts/icon.js'
import type { Exchange } from './exchange.js'

interface AnswerProps {
  readonly operation: Operation
  readonly exchange: Exchange | null
  /** Whether the form says something else by now. */
  readonly changed: boolean
}

/** What the service answered; before that, what an answer looks like. */
export function Answer({ operation, exchange, changed }: AnswerProps) {
  if (exchange === null) {
    return (
      <section aria-label="Response">
        <div class="api-answer-head ruled">
          <b>Response</b>
          <span class="soft">a sample; press Send, or Ctrl Enter, for the real one</span>
        </div>
        <pre class="api-code api-sample" tabIndex={0}>
          <JsonText value={operation.sample} />
        </pre>
      </section>
    )
  }
  const { status, text, tookMs } = exchange
  const good = status >= 200 && status < 300
  return (
    <section aria-label="Response">
      <div class="api-answer-head ruled" role="status">
        <span class={good ? 'api-good' : 'api-bad'}>
          <Icon name={good ? 'SUCCESS' : 'FAILED'} />
          <b class="mono">{status === 0 ? 'no answer' : status}</b>
        </span>
        <b>Response</b>
        <span class="soft">{Math.max(1, Math.round(tookMs))} ms</span>
        <span class="grow" />
        <span class="soft">{wordsOf(operation, exchange, changed)}</span>
      </div>
      <pre class="api-code" tabIndex={0} aria-label="Body of the response">
        <Body text={text} />
      </pre>
    </section>
  )
}

function wordsOf({ kind }: Operation, { status }: Exchange, changed: boolean): string {
  if (changed) return 'of the form as it was sent'
  if (status === 0) return 'is the server still there?'
  return kind === 'write' && status >= 400 && status < 500 ? 'refused: nothing was written' : ''
}

function Body({ text }: { readonly text: string }) {
  try {
    return <JsonText value={JSON.parse(text)} />
  } catch {
    return <>{text.replace(/></g, '>\n<')}</>
  }
}

/** What the code beside it throws at this answer. */
export function Thrown({ exchange }: { readonly exchange: Exchange | null }) {
  const error = exchange === null || exchange.status < 400 ? null : wireErrorOf(exchange.text)
  if (exchange === null || error === null) return null
  return (
    <section class="api-thrown" aria-label="What this code throws">
      <b class="small soft">What the SDK for Node throws</b>
      <code>{thrownBy(exchange.status, error)}</code>
    </section>
  )
}
