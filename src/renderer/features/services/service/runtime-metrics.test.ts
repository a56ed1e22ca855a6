import { expect, it } from 'vitest';
import { runtimeCharts } from './runtime-metrics';

it('draws each kind of runtime metric by what tells most of it, memory first', () => {
  const names = [
    'process_cpu_time_seconds_total',
    'v8js_gc_duration_seconds_bucket',
    'v8js_gc_duration_seconds_count',
    'v8js_gc_duration_seconds_sum',
    'nodejs_eventloop_delay_p99_seconds',
    'v8js_memory_heap_used_bytes',
    'jvm_gc_count',
  ];
  const charts = runtimeCharts(names, 'a"b', 60);
  expect(charts.map(({ query, unit }) => [query, unit])).toEqual([
    ['sum(v8js_memory_heap_used_bytes{service_name="a\\"b"})', 'bytes'],
    [
      'sum(rate(v8js_gc_duration_seconds_sum{service_name="a\\"b"}[60s])) / sum(rate(v8js_gc_duration_seconds_count{service_name="a\\"b"}[60s]))',
      's',
    ],
    ['sum(jvm_gc_count{service_name="a\\"b"})', ''],
    ['max(nodejs_eventloop_delay_p99_seconds{service_name="a\\"b"})', 's'],
    ['sum(rate(process_cpu_time_seconds_total{service_name="a\\"b"}[60s]))', 'ratio'],
  ]);
});
