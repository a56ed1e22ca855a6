import { useMemo, useState } from 'react';
import type { Metric } from '../metric/metric';

interface Listed {
  /** Those of the window, and those that are kept besides. */
  metrics: readonly Metric[];
  idle: readonly Metric[];
}

interface Kept {
  question: string;
  metrics: readonly string[];
  idle: readonly string[];
}

/**
 * While held, metrics stay where they were; of those that are seen for the first time meanwhile, `waiting` counts the ones with
 * samples. Another question (what is looked for, in which window) is answered at once.
 */
export function useHeldMetrics(
  { metrics, idle }: Listed,
  held: boolean,
  question: string,
): Listed & { waiting: number } {
  const [kept, setKept] = useState<Kept | null>(null);
  if (held && kept?.question !== question) setKept({ question, metrics: metrics.map(nameOf), idle: idle.map(nameOf) });
  if (!held && kept !== null) setKept(null);
  const holding = held && kept?.question === question ? kept : null;
  return useMemo(() => {
    if (!holding) return { metrics, idle, waiting: 0 };
    const byName = new Map([...metrics, ...idle].map((metric) => [metric.name, metric]));
    const places = new Set([...holding.metrics, ...holding.idle]);
    const active = new Set(holding.metrics);
    return {
      metrics: holding.metrics.flatMap((name) => byName.get(name) ?? []),
      // Behind the last one nothing moves.
      idle: [
        ...holding.idle.flatMap((name) => byName.get(name) ?? []),
        ...idle.filter(({ name }) => !places.has(name)),
      ],
      waiting: metrics.filter(({ name }) => !active.has(name)).length,
    };
  }, [metrics, idle, holding]);
}

const nameOf = ({ name }: Metric) => name;
