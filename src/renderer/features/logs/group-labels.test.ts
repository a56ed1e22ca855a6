import { expect, it } from 'vitest';
import { groupLabels } from './group-labels';

it('groups labels by where they come from, the reader’s own first, under OpenTelemetry’s names', () => {
  const groups = groupLabels({
    service_name: 'shop',
    host_arch: 'amd64',
    process_command_args: '["a"]',
    scope_name: 'logger',
    observed_timestamp: '1',
    detected_level: 'error',
    order_id: '7',
    http_response_status_code: '502',
    U___433_: 'x',
    exception_stacktrace: 'shown apart',
  });
  expect(groups.map(({ title, labels }) => [title, labels.map(({ name }) => name)])).toEqual([
    ['Log', ['http.response.status_code', 'order_id', 'г']],
    ['Resource', ['host.arch', 'process.command_args', 'service.name']],
    ['Scope', ['scope.name']],
    ['Record', ['detected_level', 'observed_timestamp']],
  ]);
  expect(groups[0]!.labels[0]).toEqual({
    name: 'http.response.status_code',
    label: 'http_response_status_code',
    value: '502',
  });
});
