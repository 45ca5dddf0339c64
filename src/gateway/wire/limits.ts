/**
 * What one request may have at most. Far above what any client sends (the longest is a template with
 * two contents of 16 KB, percent-encoded), so that a value that is merely too long still gets the
 * error of its own operation.
 */
export const limits = {
  /** Characters of the request target. */
  target: 256 * 1024,
  /** Bytes of the body. */
  body: 1024 * 1024,
  /** Query and form parameters together. */
  parameters: 1000,
  /** Characters of a parameter's name, decoded. */
  name: 256,
  /** Characters of a parameter's value, decoded. */
  value: 128 * 1024,
  headers: 200,
  /** Characters of one header's value. */
  header: 16 * 1024,
  /** The highest N in `Tag.N.Key`. Gaps are closed, so this bounds nothing but nonsense. */
  index: 1000,
} as const
