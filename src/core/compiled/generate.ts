/** Makes a function of source text. */
export type MakeFunction = <F>(parameters: readonly string[], body: string) => F

/**
 * The one place where source text becomes code: copiers of contexts. The text holds the context's
 * own keys, quoted as JSON, and nothing else that a caller could choose.
 *
 * @returns null where the process forbids it (`--disallow-code-generation-from-strings`, a content
 *   security policy): contexts are copied key by key then, which is slower and no different.
 */
export function codeGeneration(make: FunctionConstructor = Function): MakeFunction | null {
  try {
    make('return 0')
  } catch {
    return null
  }
  return <F>(parameters: readonly string[], body: string): F =>
    make(...parameters, body) as unknown as F
}
