import { describe, expect, it } from 'vitest';
import { translateLabelName } from './translate-label-name';
import { type NameKind, translateMetricName } from './translate-metric-name';
import { translateUnit } from './translate-unit';

describe('translateMetricName', () => {
  const cases: [name: string, unit: string, kind: NameKind, expected: string | undefined][] = [
    ['http.server.request.duration', 's', 'other', 'http_server_request_duration_seconds'],
    ['http.server.active_requests', '{request}', 'gauge', 'http_server_active_requests'],
    ['requests', '1', 'counter', 'requests_total'],
    ['requests.total', '{request}', 'counter', 'requests_total'],
    ['total.requests', '', 'counter', 'requests_total'],
    ['system.memory.utilization', '1', 'gauge', 'system_memory_utilization_ratio'],
    ['cpu.ratio', '1', 'gauge', 'cpu_ratio'],
    ['cpu.utilization', '1', 'other', 'cpu_utilization'],
    ['process.memory.usage', 'By', 'gauge', 'process_memory_usage_bytes'],
    ['disk.bytes.read', 'By', 'counter', 'disk_bytes_read_total'],
    ['network.io', 'By/s', 'gauge', 'network_io_bytes_per_second'],
    ['speed', 'm/m', 'gauge', 'speed_meters_per_minute'],
    ['requests.per_second', '{req}/s', 'gauge', 'requests_per_second_per_second'],
    ['queue.rate', '/s', 'gauge', 'queue_rate_per_second'],
    ['battery', '%', 'gauge', 'battery_percent'],
    ['room.temperature', 'Cel', 'gauge', 'room_temperature_celsius'],
    ['a..b--c', '', 'other', 'a_b_c'],
    ['3d.frames', '', 'other', '_3d_frames'],
    ['job:rate5m', '', 'gauge', 'job:rate5m'],
    ['größe', '', 'gauge', 'größe'],
    ['wait', 'custom unit', 'other', 'wait_custom_unit'],
    ['wait', 'ms/{item}', 'other', 'wait_milliseconds'],
    ['toString', 'toString', 'other', 'toString'],
    ['温度', '', 'gauge', '温度'],
    ['заказы.новые', '{order}', 'counter', 'заказы.новые_total'],
    ['скорость', 'By/s', 'other', 'скорость_bytes_per_second'],
    ['доля_ratio', '1', 'gauge', 'доля_ratio'],
    ['___', '', 'gauge', '___'],
    ['🚀', 's', 'gauge', '🚀_seconds'],
    ['🚀.launches', '', 'counter', '🚀.launches_total'],
    ['€.rate', '', 'gauge', '€.rate'],
    ['queue–length', '', 'gauge', 'queue_length'],
    ['', 's', 'gauge', undefined],
  ];
  it.each(cases)('gives %s in %j as %s the name %s', (name, unit, kind, expected) => {
    expect(translateMetricName(name, unit, kind)).toBe(expected);
  });
});

describe('translateUnit', () => {
  it.each([
    ['s', 'seconds'],
    ['By/s', 'bytes_per_second'],
    ['1', ''],
    ['{request}', ''],
    ['requests/mo', 'requests_per_month'],
    ['constructor', 'constructor'],
  ])('shows %j as %j', (unit, expected) => {
    expect(translateUnit(unit)).toBe(expected);
  });
});

describe('translateLabelName', () => {
  it.each([
    ['http.route', 'http_route'],
    ['a..b', 'a__b'],
    ['9lives', 'key_9lives'],
    ['_private', 'key_private'],
    ['__reserved__', '__reserved__'],
    ['größe', 'größe'],
    ['город', 'город'],
    ['user.имя', 'user.имя'],
    ['user🚀', 'user🚀'],
    ['user–id', 'user_id'],
    ['_', '_'],
    ['...', '...'],
    ['', undefined],
  ])('makes %j the label %s', (key, expected) => {
    expect(translateLabelName(key)).toBe(expected);
  });
});
