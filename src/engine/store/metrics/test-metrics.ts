import { encodeOtlpJson } from '../../otlp/json/encode-otlp-json';
import { MetricsDecoder } from './metrics-decoder';
import { RecordingSink } from './recording-sink';

export const T = 1_700_000_000_000;
export const nanos = (ms: number) => `${ms}000000`;

export const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });

export function request(metrics: object[], resource = [attribute('service.name', 'shop')]): Uint8Array {
  return encodeOtlpJson('metrics', {
    resourceMetrics: [{ resource: { attributes: resource }, scopeMetrics: [{ scope: { name: 's' }, metrics }] }],
  });
}

export function decode(metrics: object[], resource?: { key: string; value: { stringValue: string } }[]) {
  const sink = new RecordingSink();
  const { kept } = new MetricsDecoder().decode(request(metrics, resource), T, sink);
  return { sink, kept };
}

export const counter = (points: object[], aggregationTemporality = 2) => ({
  name: 'requests',
  unit: '{request}',
  description: 'Requests served.',
  sum: { dataPoints: points, isMonotonic: true, aggregationTemporality },
});
