import type { Call } from '../operation.js'
import type { Signed } from '../sign.js'
import { goCode } from './go.js'
import { javaCode } from './java.js'
import { nodeCode } from './node.js'
import { pythonCode } from './python.js'
import { aliyunCode, curlCode } from './shell.js'
import { terraformCode } from './terraform.js'

interface Language {
  readonly name: string
  /** Null where it has no way to make this call. */
  readonly write: (call: Call, signed: Signed | null) => string | null
}

/** The same call, as each kind of client makes it. */
export const languages: readonly Language[] = [
  { name: 'Node.js', write: nodeCode },
  { name: 'Python', write: pythonCode },
  { name: 'Go', write: goCode },
  { name: 'Java', write: javaCode },
  { name: 'aliyun', write: aliyunCode },
  { name: 'curl', write: curlCode },
  { name: 'Terraform', write: terraformCode },
]
