import { executionMachine } from '../../../../machines/execution.js'
import { executionStatuses } from '../../../../machines/status.js'
import { machineKey } from '../../../engine/definition.js'
import { endpoint } from '../endpoint.js'
import { family, type Sample } from '../prometheus.js'

const metrics = endpoint({
  method: 'get',
  path: '/metrics',
  name: 'getMetrics',
  summary: 'What Prometheus scrapes.',
  answer: {
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
    says: 'Metrics in the text format of Prometheus.',
  },
  async run({ service, running }) {
    const { engine } = running.builder
    const { now } = await engine.clock()
    const machine = machineKey(executionMachine)
    const { statuses, stuck, records } = await engine.read((reader) => ({
      statuses: executionStatuses.map((status): Sample => {
        const value = reader.executionCount({ machine, statuses: [status] })
        return { labels: { status }, value }
      }),
      stuck: reader.executionCount({ stuck: true }),
      records: reader.counter('record'),
    }))
    const requests = service.counters.all.map(({ count, ...labels }) => ({ labels, value: count }))
    const hits = running.gateway.faults
      .list()
      .map(({ id, hits: value }): Sample => ({ labels: { fault: id }, value }))
    const text = [
      family(
        'requests_total',
        'counter',
        'Requests to the service, by what became of them.',
        requests,
      ),
      family('fault_hits_total', 'counter', 'Requests that a fault hit.', hits),
      family('executions', 'gauge', 'Executions by status.', statuses),
      family('executions_stuck', 'gauge', 'Executions whose step threw.', [{ value: stuck }]),
      family('records_total', 'counter', 'Records of all histories.', [{ value: records }]),
      family('clock_seconds', 'gauge', 'The time of the service.', [{ value: now / 1_000 }]),
    ].join('')
    return new Response(text, {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    })
  },
})

export const metricsEndpoints = [metrics]
