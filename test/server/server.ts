import { onTestFinished } from 'vitest'
import { LiveService, type ServiceOptions } from '../../src/emulator/service.js'
import { type App, createApp } from '../../src/server/app.js'

export const start = 'virtual@2026-01-05T02:00:00Z'

/** What a request to a server without a port is answered. */
export interface Reply {
  readonly status: number
  readonly body: Readonly<Record<string, never>>
  readonly text: string
  readonly headers: Headers
}

/** A server without a port, closed after the test. */
export class Served {
  readonly service: LiveService
  readonly app: App

  private constructor(service: LiveService) {
    this.service = service
    this.app = createApp(service, { hosts: [] })
  }

  static async open(options: ServiceOptions = {}): Promise<Served> {
    const service = await LiveService.open({
      clock: start,
      seed: 1,
      log: () => undefined,
      ...options,
    })
    onTestFinished(() => service.close())
    return new Served(service)
  }

  /** A request to the control API. */
  control(
    line: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const [method = '', path = ''] = line.split(' ')
    return this.ask(`/_bakeline${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  /** A call of the emulated service. */
  ecs(Action: string, parameters: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const query = new URLSearchParams({
      Action,
      Version: '2014-05-26',
      AccessKeyId: 'x',
      RegionId: 'cn-hangzhou',
      ...parameters,
    })
    return this.ask(`/?${query.toString()}`, {})
  }

  async ask(path: string, init: RequestInit): Promise<Reply> {
    const response = await this.app.request(`http://127.0.0.1:4526${path}`, init)
    const text = await response.text()
    const { status, headers } = response
    const json = (headers.get('content-type') ?? '').startsWith('application/json')
    return { status, headers, text, body: (json ? JSON.parse(text) : {}) as Reply['body'] }
  }

  /** A template of its own, and an execution of it that has just begun. */
  async begun(): Promise<{ readonly template: string; readonly execution: string }> {
    const made = await this.ecs('CreateImagePipeline', {
      BaseImageType: 'IMAGE',
      BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
    })
    const template = String(made.body['ImagePipelineId'])
    const started = await this.ecs('StartImagePipelineExecution', { ImagePipelineId: template })
    return { template, execution: String(started.body['ExecutionId']) }
  }

  async status(execution: string): Promise<unknown> {
    const { body } = await this.control(`GET /executions/${execution}`)
    return (body as { readonly execution?: { readonly Status?: string } }).execution?.Status
  }
}
