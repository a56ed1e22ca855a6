import type { LogRecord } from './contract/telemetry';
import { unescapeName } from './escaped-name';

/** What is known of every record, and says nothing of this one. */
const COMMON = new Set([
  ...[
    'event_name',
    'service_name',
    'detected_level',
    'level',
    'severity_number',
    'severity_text',
    'observed_timestamp',
  ],
  ...['trace_id', 'span_id', 'flags', 'scope_name', 'scope_version', 'dropped_attributes_count'],
]);
/** Of the process and the machine rather than of the event. */
const OF_RESOURCE = /^(?:service|telemetry|process|host|os|k8s|container|deployment|cloud)_/;
const MOST_CHARACTERS = 4000;

/**
 * What to show for a record: its line, or where it has none (an event), its event's name and its attributes.
 */
export function lineText({ line, labels }: Pick<LogRecord, 'line' | 'labels'>): string {
  if (line !== '') return line;
  const pairs = Object.entries(labels)
    .filter(([name]) => !COMMON.has(name) && !OF_RESOURCE.test(name))
    .map(
      ([name, value]) =>
        `${unescapeName(name)}=${/[\s"=]/.test(value) || value === '' ? JSON.stringify(value) : value}`,
    );
  return [...(labels.event_name ? [labels.event_name] : []), ...pairs].join(' ').slice(0, MOST_CHARACTERS);
}
