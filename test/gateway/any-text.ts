import * as fc from 'fast-check'

/** Any text that JavaScript can hold, half surrogate pairs and control characters included. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff)), { maxLength: 12 })
  .map((codes) => String.fromCharCode(...codes))
