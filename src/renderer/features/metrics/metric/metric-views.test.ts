import { describe, expect, it } from 'vitest';
import { defaultView, labelSource, metricViews as viewsOver } from './metric-views';

const metric = (name: string, type: string, unit = '') => ({ name, type, unit, help: '' });

const metricViews = (of: Parameters<typeof viewsOver>[0], labels: readonly string[]) => viewsOver(of, labels, '5m');

describe('metricViews', () => {
  it('asks a counter for its rate by service', () => {
    const [first] = metricViews(metric('orders_total', 'counter'), ['http_route', 'service_name']);
    expect(first).toMatchObject({ query: 'sum by (service_name) (rate(orders_total[5m]))', unit: '1/s' });
  });

  it('asks a histogram for its 95th percentile', () => {
    const views = metricViews(metric('latency_seconds', 'histogram', 'seconds'), ['le', 'service']);
    expect(defaultView(views)).toMatchObject({
      query: 'histogram_quantile(0.95, sum by (service, le) (rate(latency_seconds_bucket[5m])))',
      unit: 'seconds',
    });
  });

  it('asks a native histogram through its own functions, and shows its spread', () => {
    const native = { ...metric('latency_seconds', 'histogram', 'seconds'), native: true };
    const views = metricViews(native, ['service']);
    expect(defaultView(views)?.query).toBe('histogram_quantile(0.95, sum by (service) (rate(latency_seconds[5m])))');
    expect(views.find(({ id }) => id === 'rate')?.query).toBe(
      'histogram_count(sum by (service) (rate(latency_seconds[5m])))',
    );
    expect(labelSource(native)).toBe('latency_seconds');
  });

  it('asks for one service alone by what it does, and for all where the metric does not tell services apart', () => {
    const latency = metric('traces_spanmetrics_latency', 'histogram', 'seconds');
    const query = (labels: string[]) => defaultView(viewsOver(latency, labels, '1m', 'the "shop"'))?.query;
    const matcher = String.raw`{service="the \"shop\""}`;
    expect(query(['le', 'service', 'span_name'])).toBe(
      `histogram_quantile(0.95, sum by (span_name, le) (rate(traces_spanmetrics_latency_bucket${matcher}[1m])))`,
    );
    expect(query(['le'])).toBe('histogram_quantile(0.95, sum by (le) (rate(traces_spanmetrics_latency_bucket[1m])))');
    expect(viewsOver(metric('заказы', 'gauge'), ['service_name'], '1m', 'shop')[0]?.query).toBe(
      '{"заказы", service_name="shop"}',
    );
  });

  it('shows a gauge as it is', () => {
    expect(metricViews(metric('queue_depth', 'gauge'), [])[0]?.query).toBe('queue_depth');
  });

  it('quotes a name in another script and one that PromQL reads as a word of its own', () => {
    const query = (name: string, type: string) => metricViews(metric(name, type), [])[0]?.query;
    expect(query('заказы_total', 'counter')).toBe('sum (rate({"заказы_total"}[5m]))');
    expect(query('температура "a"', 'gauge')).toBe('{"температура \\"a\\""}');
    expect(query('ожидание_seconds', 'histogram')).toContain('rate({"ожидание_seconds_bucket"}[5m])');
    expect(query('offset', 'gauge')).toBe('{"offset"}');
  });

  it('takes a metric of unknown type for a counter when its name says so', () => {
    expect(metricViews(metric('calls_total', 'unknown'), [])[0]?.query).toBe('sum (rate(calls_total[5m]))');
  });

  it('takes rates over the range that is asked for', () => {
    const [rate, increase] = viewsOver(metric('orders_total', 'counter'), [], '2m');
    expect([rate?.query, increase?.label]).toEqual(['sum (rate(orders_total[2m]))', 'Increase in 2m']);
  });

  it('knows where the value of an exemplar is one of the axis', () => {
    const holding = (name: string, type: string, unit: string) =>
      metricViews(metric(name, type, unit), [])
        .filter((view) => view.hasExemplarValues)
        .map(({ id }) => id);
    expect(holding('latency_seconds', 'histogram', 'seconds')).toEqual(['p50', 'p95', 'p99', 'average']);
    expect(holding('orders_total', 'counter', '')).toEqual([]);
    expect(holding('queue_depth', 'gauge', '')).toEqual(['value', 'sum', 'average']);
  });

  it('reads the labels of a histogram from its buckets', () => {
    expect(labelSource(metric('latency_seconds', 'histogram'))).toBe('latency_seconds_bucket');
  });
});
