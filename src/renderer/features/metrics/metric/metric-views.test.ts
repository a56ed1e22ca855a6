import { describe, expect, it } from 'vitest';
import { defaultView, labelSource, metricViews as viewsOver } from './metric-views';

const metric = (name: string, type: string, unit = '') => ({ name, type, unit, help: '' });

const metricViews = (of: Parameters<typeof viewsOver>[0], by: readonly string[]) => viewsOver(of, { range: '5m', by });

describe('metricViews', () => {
  it('asks a counter for its rate by what it is grouped by', () => {
    const [first] = metricViews(metric('orders_total', 'counter'), ['http.route', 'service_name']);
    expect(first).toMatchObject({ query: 'sum by ("http.route", service_name) (rate(orders_total[5m]))', unit: '1/s' });
  });

  it('asks a histogram for its 95th percentile', () => {
    const views = metricViews(metric('latency_seconds', 'histogram', 'seconds'), ['service']);
    expect(defaultView(views)).toMatchObject({
      query: 'histogram_quantile(0.95, sum by (service, le) (rate(latency_seconds_bucket[5m])))',
      unit: 'seconds',
    });
  });

  it('asks a native histogram through its own functions, and shows its spread over time', () => {
    const native = { ...metric('latency_seconds', 'histogram', 'seconds'), native: true };
    const views = metricViews(native, ['service']);
    expect(defaultView(views)?.query).toBe('histogram_quantile(0.95, sum by (service) (rate(latency_seconds[5m])))');
    expect(views.find(({ id }) => id === 'rate')?.query).toBe(
      'histogram_count(sum by (service) (rate(latency_seconds[5m])))',
    );
    expect(views.find(({ heat }) => heat)?.query).toBe('sum(rate(latency_seconds[5m]))');
    expect(labelSource(native)).toBe('latency_seconds');
  });

  it('narrows every selector to the series that match', () => {
    const matcher = String.raw`zone="the \"north\""`;
    const queries = (type: string) =>
      viewsOver(metric('заказы', type), { range: '1m', by: [], matcher }).map(({ query }) => query);
    for (const type of ['counter', 'gauge', 'histogram', 'summary', 'info', 'stateset']) {
      for (const query of queries(type)) {
        expect(query.split('заказы').length - 1, query).toBeGreaterThan(0);
        expect(query.split(matcher).length - 1, query).toBe(query.split('{"заказы').length - 1);
      }
    }
  });

  it('averages a gauge, counts what only informs, and adds up states by their name', () => {
    const first = (name: string, type: string) => metricViews(metric(name, type), ['zone'])[0]?.query;
    expect(first('queue_depth', 'gauge')).toBe('avg by (zone) (queue_depth)');
    expect(first('target_info', 'unknown')).toBe('count by (zone) (target_info)');
    expect(first('door', 'stateset')).toBe('sum by (zone, door) (door)');
  });

  it('quotes a name in another script and one that PromQL reads as a word of its own', () => {
    const query = (name: string, type: string) => metricViews(metric(name, type), [])[0]?.query;
    expect(query('заказы_total', 'counter')).toBe('sum (rate({"заказы_total"}[5m]))');
    expect(query('температура "a"', 'gauge')).toBe('avg ({"температура \\"a\\""})');
    expect(query('ожидание_seconds', 'histogram')).toContain('rate({"ожидание_seconds_bucket"}[5m])');
    expect(query('offset', 'gauge')).toBe('avg ({"offset"})');
  });

  it('takes a metric of unknown type for a counter when its name says so', () => {
    expect(metricViews(metric('calls_total', 'unknown'), [])[0]?.query).toBe('sum (rate(calls_total[5m]))');
  });

  it('takes rates over the range that is asked for', () => {
    const [rate, increase] = viewsOver(metric('orders_total', 'counter'), { range: '2m', by: [] });
    expect([rate?.query, increase?.label]).toEqual(['sum (rate(orders_total[2m]))', 'Increase in 2m']);
  });

  it('knows where the value of an exemplar is one of the axis', () => {
    const holding = (name: string, type: string, unit: string) =>
      metricViews(metric(name, type, unit), [])
        .filter((view) => view.hasExemplarValues)
        .map(({ id }) => id);
    expect(holding('latency_seconds', 'histogram', 'seconds')).toEqual(['p50', 'p95', 'p99', 'average', 'heat']);
    expect(holding('orders_total', 'counter', '')).toEqual([]);
    expect(holding('queue_depth', 'gauge', '')).toEqual(['average', 'sum', 'min', 'max', 'value']);
  });

  it('reads the labels of a histogram from its buckets', () => {
    expect(labelSource(metric('latency_seconds', 'histogram'))).toBe('latency_seconds_bucket');
  });
});
