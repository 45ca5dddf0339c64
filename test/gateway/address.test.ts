import { BlockList, isIP } from 'node:net'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInBlock, readBlock } from '../../src/imagebuilder/ram/address.js'

const inBlock = (address: string, text: string) => isInBlock(address, readBlock(text)!)

describe('an address', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['10.255.0.1', '10.0.0.0/8'],
    ['192.168.1.130', '192.168.1.128/25'],
    ['1.2.3.4', '0.0.0.0/0'],
    ['::ffff:10.0.0.1', '10.0.0.0/8'],
    ['::1', '::1'],
    ['fe80::1%eth0', 'fe80::/10'],
    ['2001:DB8::1', '2001:db8:0:0:0:0:0:1'],
  ])('%s lies in %s', (address, block) => {
    expect(inBlock(address, block)).toBe(true)
  })

  it.each([
    ['192.168.1.127', '192.168.1.128/25'],
    ['::1', '0.0.0.0/0'],
    ['1.2.3.4', '::/0'],
    ['localhost', '0.0.0.0/0'],
    ['', '0.0.0.0/0'],
  ])('%s does not lie in %s', (address, block) => {
    expect(inBlock(address, block)).toBe(false)
  })

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '::1::',
    ':1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    '::/129',
    'g::',
    '1.2.3.4::',
  ])('is not what "%s" says', (text) => {
    expect(readBlock(text)).toBeUndefined()
  })

  it('is judged as Node judges it', () => {
    const addresses = fc.oneof(fc.ipV4(), fc.ipV6())
    fc.assert(
      fc.property(addresses, addresses, fc.nat(128), (address, base, given) => {
        expect(isIP(base)).not.toBe(0)
        const family = isIP(base) === 4 ? 'ipv4' : 'ipv6'
        const bits = family === 'ipv4' ? given % 33 : given
        const block = readBlock(`${base}/${bits}`)
        expect(block).toBeDefined()
        fc.pre(block!.bytes.length === (family === 'ipv4' ? 4 : 16) && isIP(address) === isIP(base))
        const list = new BlockList()
        list.addSubnet(base, bits, family)
        expect(isInBlock(address, block!)).toBe(list.check(address, family))
        expect(isInBlock(base, block!)).toBe(true)
      }),
    )
  })
})
