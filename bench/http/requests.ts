import { createHash, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import {
  canonicalRequestV3,
  signV3,
  stringToSignV3,
} from '../../src/gateway/access/signature-v3.js'
import { type RawRequest, readRequest } from '../../src/gateway/wire/request.js'
import { measuredKey, region } from './world.js'

/** The endpoint's own name, so that a request is the same for every port. */
const host = `ecs.${region}.aliyuncs.com`
const emptyHash = createHash('sha256').update('').digest('hex')

/**
 * A signed request as the official clients of V3 send it: POST, parameters in the query, no body.
 * Each call has a nonce of its own.
 */
export function signedRequest(
  action: string,
  parameters: Readonly<Record<string, string>>,
  now = new Date(),
): RawRequest {
  const query = new URLSearchParams({ ...parameters, RegionId: region })
  query.sort()
  const unsigned: RawRequest = {
    method: 'POST',
    target: `/?${query.toString()}`,
    headers: {
      accept: 'application/json',
      host,
      'user-agent': 'AlibabaCloud (linux; x64) Node.js/v20.20.2 Core/1.0.1 TeaDSL/1',
      'x-acs-action': action,
      'x-acs-content-sha256': emptyHash,
      'x-acs-date': `${now.toISOString().slice(0, 19)}Z`,
      'x-acs-signature-nonce': randomUUID(),
      'x-acs-version': '2014-05-26',
    },
    body: new Uint8Array(),
    remoteAddress: '127.0.0.1',
    receivedAt: now.getTime(),
  }
  const { headers } = unsigned
  const signed = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-acs-'))
  const canonical = canonicalRequestV3(readRequest(unsigned), signed, emptyHash)
  const signature = signV3(measuredKey.AccessKeySecret, stringToSignV3(canonical))
  const credential = `Credential=${measuredKey.AccessKeyId},SignedHeaders=${signed.join(';')}`
  const authorization = `ACS3-HMAC-SHA256 ${credential},Signature=${signature}`
  return { ...unsigned, headers: { ...headers, authorization } }
}

/** A signed start of a template. */
export function startRequest(ImagePipelineId: string): RawRequest {
  return signedRequest('StartImagePipelineExecution', { ImagePipelineId })
}

/** One signed start for each template, as the load generator's script reads them. */
export async function writeRequests(path: string, templateIds: readonly string[]): Promise<void> {
  await writeFile(path, templateIds.map((id) => wireText(startRequest(id))).join('\n'))
}

function wireText({ method, target, headers }: RawRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${target} HTTP/1.1`, ...lines, 'content-length: 0', '', ''].join('|')
}
