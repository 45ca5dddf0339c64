/** A block of addresses, or a single one: the first `bits` of `bytes` count. */
export interface Block {
  readonly bytes: readonly number[]
  readonly bits: number
}

/**
 * Reads `10.0.0.0/8`, `2001:db8::/32` or a single address; `undefined` for anything else. Bits after
 * the prefix do not count.
 */
export function readBlock(text: string): Block | undefined {
  const [address = '', length, ...more] = text.split('/')
  const bytes = readAddress(address)
  if (bytes === undefined || more.length > 0) return undefined
  const whole = bytes.length * 8
  if (length === undefined) return { bytes, bits: whole }
  if (!/^\d{1,3}$/.test(length) || Number(length) > whole) return undefined
  return { bytes, bits: Number(length) }
}

/** Whether an address lies in a block. An IPv4 address that comes as IPv6 counts as IPv4. */
export function isInBlock(address: string, { bytes, bits }: Block): boolean {
  const own = readAddress(address)
  if (own?.length !== bytes.length) return false
  return own.every((byte, index) => {
    const left = Math.min(8, Math.max(0, bits - index * 8))
    const mask = (0xff << (8 - left)) & 0xff
    return (byte & mask) === ((bytes[index] ?? 0) & mask)
  })
}

/** 4 or 16 bytes; `::ffff:10.0.0.1`, as a socket for both kinds names it, gives 4. */
function readAddress(text: string): readonly number[] | undefined {
  // A zone says through which interface, not who.
  const [address = ''] = text.split('%', 1)
  const bytes = address.includes(':') ? readV6(address) : readV4(address)
  const mapped =
    bytes?.length === 16 &&
    bytes.slice(0, 10).every((byte) => byte === 0) &&
    bytes[10] === 0xff &&
    bytes[11] === 0xff
  return mapped ? bytes.slice(12) : bytes
}

function readV4(text: string): readonly number[] | undefined {
  const parts = text.split('.')
  const fine = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))
  const bytes = parts.map(Number)
  return fine && bytes.every((byte) => byte <= 255) ? bytes : undefined
}

function readV6(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, index) => readGroups(half, index === halves.length - 1))
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  if (tail === undefined) return head.length === 16 ? head : undefined
  const gap = 16 - head.length - tail.length
  return gap < 2 ? undefined : [...head, ...Array.from({ length: gap }, () => 0), ...tail]
}

/** Groups of four hexadecimal digits; the last of the whole address may be an IPv4 address. */
function readGroups(text: string, isEnd: boolean): readonly number[] | undefined {
  if (text === '') return []
  const bytes: number[] = []
  const groups = text.split(':')
  for (const [index, group] of groups.entries()) {
    const v4 = isEnd && index === groups.length - 1 ? readV4(group) : undefined
    if (v4 === undefined && !/^[0-9a-f]{1,4}$/i.test(group)) return undefined
    const value = Number.parseInt(group, 16)
    bytes.push(...(v4 ?? [value >> 8, value & 0xff]))
  }
  return bytes
}
