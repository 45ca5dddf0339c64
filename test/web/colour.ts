/** Colours as eyes have them: contrast by WCAG 2, distance by CIE 1976, sight by Machado 2009. */

export type Rgb = readonly [number, number, number]

/** From `#1c784b`; 0 to 1. */
export function rgbOf(hex: string): Rgb {
  const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255
  return [channel(1), channel(3), channel(5)]
}

/** `color-mix(in srgb, top share, under)` */
export function mixed(top: Rgb, under: Rgb, share: number): Rgb {
  const channel = (at: 0 | 1 | 2): number => top[at] * share + under[at] * (1 - share)
  return [channel(0), channel(1), channel(2)]
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/** 1 to 21 */
export function contrast(a: Rgb, b: Rgb): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

export type Sight = 'usual' | 'protan' | 'deutan' | 'tritan'

type Matrix = readonly [Rgb, Rgb, Rgb]

/** Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB. */
const matrices: Readonly<Record<Exclude<Sight, 'usual'>, Matrix>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function seen([r, g, b]: Rgb, sight: Sight): Rgb {
  const light: Rgb = [linear(r), linear(g), linear(b)]
  if (sight === 'usual') return light
  const [x, y, z] = matrices[sight]
  const row = ([p, q, s]: Rgb): number =>
    Math.min(1, Math.max(0, p * light[0] + q * light[1] + s * light[2]))
  return [row(x), row(y), row(z)]
}

function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** How far two colours are from each other, to some sight: 2 is just noticed. */
export function distance(a: Rgb, b: Rgb, sight: Sight): number {
  const [p, q] = [lab(seen(a, sight)), lab(seen(b, sight))]
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
}
