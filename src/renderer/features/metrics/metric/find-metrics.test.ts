import { describe, expect, it } from 'vitest';
import { findMetrics } from './find-metrics';

const metrics = [
  { name: 'http_server_request_duration_seconds', type: 'histogram', unit: 'seconds', help: '' },
  { name: 'orders_placed_total', type: 'counter', unit: '', help: 'Orders sent by HTTP.' },
  { name: 'queue_depth', type: 'gauge', unit: '', help: '' },
];
const names = (text: string, type = '') => findMetrics(metrics, text, type).map(({ name }) => name);

describe('findMetrics', () => {
  it('finds every word in any order, the name before the help', () => {
    expect(names('duration http')).toEqual(['http_server_request_duration_seconds']);
    expect(names('http')).toEqual(['http_server_request_duration_seconds', 'orders_placed_total']);
  });

  it('keeps one type only', () => {
    expect(names('', 'gauge')).toEqual(['queue_depth']);
  });
});
