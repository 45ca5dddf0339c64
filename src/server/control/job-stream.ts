import type { Job } from '../jobs.js'
import type { Service } from '../service.js'
import { refusalOf } from './refusals.js'

/** The answer of a job that takes its time: a line of JSON for all that is to be told of it. */
export const jobStream = { says, response }

function says(what: string) {
  return {
    contentType: 'application/x-ndjson',
    says:
      `Lines of JSON: \`{"progress":{…}}\` as it goes, and at the end \`{"value":{…}}\` with ${what}, ` +
      '`{"mistakes":[…]}` for a text that is none, or `{"refusal":{"status":422,"Code":"TIMEOUT","Message":"…"}}`.',
  }
}

/** @throws BakelineError `OVERLOADED` before anything is answered */
function response(service: Service, job: Job): Response {
  service.jobs.admit(job.kind)
  const ending = new AbortController()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const tell = (line: object): void => {
        // Who has gone hears no more.
        if (!ending.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      }
      const onProgress = (progress: unknown): void => tell({ progress })
      const done = service.jobs.run(job, { onProgress, signal: ending.signal })
      void (async () => {
        const end = await done.catch(async (error: unknown) =>
          ending.signal.aborted ? {} : { refusal: await told(error, service) },
        )
        tell(end)
        if (!ending.signal.aborted) controller.close()
      })()
    },
    cancel() {
      ending.abort(new Error('nobody waits for it any more'))
    },
  })
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' },
  })
}

async function told(error: unknown, { log }: Service): Promise<object> {
  const refused = refusalOf(error, log)
  return { status: refused.status, ...((await refused.json()) as object) }
}
