import Database from 'better-sqlite3'

type Call = (this: unknown, ...given: unknown[]) => unknown

const methods = ['run', 'get', 'all', 'iterate'] as const

/** Counts the statements that this process runs on SQLite meanwhile, whoever prepared them. */
export async function countStatements(work: () => Promise<void>): Promise<number> {
  const db = new Database(':memory:')
  const shared = Object.getPrototypeOf(db.prepare('SELECT 1')) as Record<string, Call>
  db.close()
  const own = methods.map((name) => [name, shared[name] as Call] as const)
  let count = 0
  for (const [name, call] of own) {
    shared[name] = function counted(...given) {
      count += 1
      return call.apply(this, given)
    }
  }
  try {
    await work()
  } finally {
    for (const [name, call] of own) shared[name] = call
  }
  return count
}
