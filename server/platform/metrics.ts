import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** Prometheus metrics of one node. Labels hold operation names and states only, never people or ids. */
export function openMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    operations: new Histogram({
      name: 'rmis_operation_seconds',
      help: 'Duration of operations by name and outcome',
      labelNames: ['operation', 'outcome'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    retries: new Counter({
      name: 'rmis_transaction_retries_total',
      help: 'Transactions run again after a deadlock or serialization failure',
      registers,
    }),
    outboxWaiting: new Gauge({ name: 'rmis_outbox_waiting', help: 'Events not yet relayed', registers }),
    listenerFailures: new Counter({
      name: 'rmis_listener_failures_total',
      help: 'Failed attempts of event listeners',
      labelNames: ['listener'],
      registers,
    }),
    liveStreams: new Gauge({ name: 'rmis_live_streams', help: 'Open SSE connections', registers }),
  }
}

export type Metrics = ReturnType<typeof openMetrics>
