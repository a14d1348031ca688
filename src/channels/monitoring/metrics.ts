/**
 * Counts what the product does, for `/metrics`.
 *
 * Figures only: no id, no number, no name ever becomes a label.
 */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { FIGURES, type Figure } from '../../oversight/figures/figure.ts';

export interface Metrics {
  readonly registry: Registry;
  readonly countCallback: (verdict: 'new' | 'again' | 'refused') => void;
  /** Takes the figures of this moment; what is not among them any more is forgotten. */
  readonly showFigures: (figures: readonly Figure[]) => void;
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
  const gauges = new Map(
    Object.entries(FIGURES).map(([name, { help, labels }]) => [
      name,
      new Gauge({ name, help, labelNames: [...labels], registers: [registry] }),
    ]),
  );
  return {
    registry,
    countCallback: (verdict) => callbacks.inc({ verdict }),
    showFigures: (figures) => {
      for (const gauge of gauges.values()) gauge.reset();
      for (const { name, labels, value } of figures) gauges.get(name)?.set(labels, value);
    },
  };
}
