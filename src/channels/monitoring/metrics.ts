/**
 * Counts what the product does, for `/metrics`.
 *
 * Figures only: no id, no number, no name ever becomes a label.
 */
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  readonly countCallback: (verdict: 'new' | 'again' | 'refused') => void;
}

export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const callbacks = new Counter({
    name: 'tontine_callbacks_total',
    help: 'Callbacks received from the provider, by verdict',
    labelNames: ['verdict'] as const,
    registers: [registry],
  });
  return { registry, countCallback: (verdict) => callbacks.inc({ verdict }) };
}
