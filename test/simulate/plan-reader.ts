import type { Reader } from '../../src/core/ports.js'

/** A reader that knows a plan, a seed and the template of one pipeline, and nothing else. */
export function planReader(
  plan: string | undefined,
  seed: string | undefined = '1',
  Name = 'web',
): Reader {
  const unused = (): never => {
    throw new Error('a plan does not read this')
  }
  const settings: Readonly<Record<string, string | undefined>> = { plan, seed }
  const known = {
    setting: (key: string) => (key in settings ? settings[key] : unused()),
    catalogGet: (kind: string, key: string) =>
      kind === 'template' && key === 'ip-1' ? { kind, key, body: { Name } } : undefined,
  }
  return new Proxy(known as Reader, { get: (at, key) => Reflect.get(at, key) ?? unused })
}
