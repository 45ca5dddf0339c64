/** A promise that tells the embedder what is missing. */
export function withoutFunction(task: string): Promise<never> {
  return Promise.reject(
    new Error(`${task} has no function here: give one in "tasks", or simulate it`),
  )
}
