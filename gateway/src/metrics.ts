import { services } from '@stockade/contracts';
import { Gauge, type Registry } from 'prom-client';
import type { Upstreams } from './upstream/upstreams.ts';

const values = { closed: 0, 'half-open': 1, open: 2 } as const;

/** The breakers' states, whenever somebody scrapes. */
export function upstreamMetrics(registry: Registry, upstreams: Upstreams): void {
  new Gauge({
    name: 'upstream_breaker_state',
    help: 'Breaker of a service: 0 closed, 1 half open, 2 open',
    labelNames: ['upstream'],
    registers: [registry],
    collect() {
      for (const service of services)
        this.set({ upstream: service }, values[upstreams.breaker(service).state]);
    },
  });
}
