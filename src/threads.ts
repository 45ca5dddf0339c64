import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * A thread that runs a file beside the one that asks.
 *
 * @param asker its `import.meta.url`
 * @param name of the file, seen from the asker, without the end of its name: `../jobs/thread`
 */
export function startThread(asker: string, name: string, options: WorkerOptions = {}): Worker {
  const file = new URL(`${name}.js`, asker)
  if (!asker.endsWith('.ts')) return new Worker(file, options)
  // From the sources: the tests have compiled them; else a thread has to be told how to read them.
  const compiled = process.env['BAKELINE_COMPILED']
  if (compiled !== undefined) {
    const top = new URL('../', import.meta.url).href
    return new Worker(new URL(file.href.slice(top.length), pathToFileURL(`${compiled}/`)), options)
  }
  const load = (module: string): string => `import(${JSON.stringify(module)})`
  const source = load(new URL(`${name}.ts`, asker).href)
  const code = `${load('tsx/esm/api')}.then(({ register }) => (register(), ${source}))`
  return new Worker(code, { ...options, eval: true })
}
