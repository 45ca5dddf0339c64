import type { AccessKey } from '../../calls/sign.js'
import { Icon } from '../../parts/icon.js'
import { Segmented } from '../../parts/controls.js'
import type { World } from './operations.js'

export interface SendSettings {
  readonly key: AccessKey
  readonly version: 'V3' | 'V1'
  readonly format: 'JSON' | 'XML'
}

interface SendBarProps {
  readonly settings: SendSettings
  readonly change: (settings: SendSettings) => void
  readonly world: World | null
  readonly sending: boolean
  readonly onSend: () => void
}

/** Whom the call is from, how it is signed, and the button that sends it. */
export function SendBar({ settings, change, world, sending, onSend }: SendBarProps) {
  const { key, version, format } = settings
  const named = world?.accessKeys ?? []
  return (
    <div class="api-send">
      <label class="api-key">
        <span class="unseen">Access key ID</span>
        <input
          class="input mono"
          value={key.id}
          list="api-keys"
          placeholder="access key ID"
          onInput={(event) =>
            change({ ...settings, key: { ...key, id: event.currentTarget.value } })
          }
        />
      </label>
      <datalist id="api-keys">
        {named.map(({ AccessKeyId, user }) => (
          <option key={AccessKeyId} value={AccessKeyId}>
            {user}
          </option>
        ))}
      </datalist>
      <label class="api-key">
        <span class="unseen">Access key secret</span>
        <input
          class="input mono"
          type="password"
          autoComplete="off"
          value={key.secret}
          placeholder="secret"
          title={
            named.length === 0
              ? 'The world names no keys: any key and secret will do'
              : 'The secret that the world has for this key; it stays on this page'
          }
          onInput={(event) =>
            change({ ...settings, key: { ...key, secret: event.currentTarget.value } })
          }
        />
      </label>
      <Segmented
        label="Signature"
        value={version}
        options={[
          ['V3', 'V3'],
          ['V1', 'V1'],
        ]}
        onPick={(picked) => change({ ...settings, version: picked })}
      />
      <Segmented
        label="Format of the answer"
        value={format}
        options={[
          ['JSON', 'JSON'],
          ['XML', 'XML'],
        ]}
        onPick={(picked) => change({ ...settings, format: picked })}
      />
      <span class="grow" />
      <button type="submit" class="button main" onClick={onSend} aria-keyshortcuts="Control+Enter">
        <Icon name="arrow" />
        {sending ? 'Sending' : 'Send'}
      </button>
    </div>
  )
}
