import { createHash, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import {
  canonicalRequestV3,
  signV3,
  stringToSignV3,
} from '../../src/gateway/access/signature-v3.js'
import { readRequest } from '../../src/gateway/wire/request.js'
import { measuredKey, region } from './world.js'

/** The endpoint's own name, so that a request is the same for every port. */
const host = `ecs.${region}.aliyuncs.com`
const emptyHash = createHash('sha256').update('').digest('hex')

/**
 * A signed `StartImagePipelineExecution` as the official clients of V3 send it: POST, parameters in
 * the query, no body. Each call has a nonce of its own.
 */
export function startRequest(templateId: string, now = new Date()): string {
  const target = `/?ImagePipelineId=${templateId}&RegionId=${region}`
  const headers: Record<string, string> = {
    accept: 'application/json',
    host,
    'user-agent': 'AlibabaCloud (linux; x64) Node.js/v20.20.2 Core/1.0.1 TeaDSL/1',
    'x-acs-action': 'StartImagePipelineExecution',
    'x-acs-content-sha256': emptyHash,
    'x-acs-date': `${now.toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-version': '2014-05-26',
  }
  const signed = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-acs-'))
  const request = readRequest({
    method: 'POST',
    target,
    headers,
    body: new Uint8Array(),
    remoteAddress: '127.0.0.1',
    receivedAt: now.getTime(),
  })
  const canonical = canonicalRequestV3(request, signed, emptyHash)
  const signature = signV3(measuredKey.AccessKeySecret, stringToSignV3(canonical))
  const credential = `Credential=${measuredKey.AccessKeyId},SignedHeaders=${signed.join(';')}`
  const lines = [
    `POST ${target} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `authorization: ACS3-HMAC-SHA256 ${credential},Signature=${signature}`,
    'content-length: 0',
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

/** One signed start for each template, as the load generator's script reads them. */
export async function writeRequests(path: string, templateIds: readonly string[]): Promise<void> {
  const lines = templateIds.map((id) => startRequest(id).replaceAll('\r\n', '|'))
  await writeFile(path, lines.join('\n'))
}
