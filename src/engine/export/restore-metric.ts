import { type NameKind, translateMetricName } from '../store/metrics/names/translate-metric-name';
import { translateUnit } from '../store/metrics/names/translate-unit';

/** What Prometheus' metadata says of a family. */
export interface FamilyMetadata {
  readonly type: string;
  readonly unit: string;
  readonly help: string;
}

/** The head of an OTLP metric. */
export interface RestoredMetric {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
}

/**
 * An OTLP name and unit that the translation to Prometheus turns into this family again, with the unit where that can be
 * said. Undefined where no name of this kind becomes it.
 */
export function restoreMetric(
  family: string,
  kind: NameKind,
  metadata: FamilyMetadata | undefined,
): RestoredMetric | undefined {
  const { unit = '', help = '' } = metadata ?? {};
  const otlpUnit = unit.replace(/(^|_)per_/, '/');
  const candidates = [
    { name: family, unit },
    { name: withoutUnit(family, unit, kind), unit: otlpUnit },
    { name: family, unit: '' },
  ];
  const becomesFamily = candidates.filter((metric) => translateMetricName(metric.name, metric.unit, kind) === family);
  const restored = becomesFamily.find((metric) => translateUnit(metric.unit) === unit) ?? becomesFamily.at(-1);
  return restored && { ...restored, description: help };
}

function withoutUnit(family: string, unit: string, kind: NameKind): string {
  const base = kind === 'counter' ? family.replace(/_total$/, '') : family;
  return unit !== '' && base.endsWith(`_${unit}`) ? base.slice(0, -unit.length - 1) : base;
}
