/**
 * A RequestId as the service writes it, an upper-case UUID (version 4), from 16 bytes of the caller's
 * choice: random ones, or derived ones where a run must repeat to the letter.
 */
export function requestId(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new RangeError(`A RequestId takes 16 bytes, not ${bytes.length}.`)
  const uuid = Uint8Array.from(bytes)
  uuid[6] = (Number(bytes[6]) & 0x0f) | 0x40
  uuid[8] = (Number(bytes[8]) & 0x3f) | 0x80
  const hex = Buffer.from(uuid).toString('hex').toUpperCase()
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
