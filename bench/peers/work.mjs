/** How many steps a workflow has, in every peer and in ours. */
export const steps = 12
/** So many workflows run before the clock starts. */
export const warmUp = 20

/** Keeps so many workflows going at once until all have run. */
export async function pool(concurrency, count, run) {
  let next = 0
  const one = async () => {
    while (next < count) await run(next++)
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, one))
}

/** The cluster's address with the level at which its commits are safe. */
export function addressOf(url, durability) {
  if (durability !== 'normal') return url
  const asynchronous = new URL(url)
  asynchronous.searchParams.set('options', '-c synchronous_commit=off')
  return asynchronous.href
}
