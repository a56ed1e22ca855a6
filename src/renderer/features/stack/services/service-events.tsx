import { useState } from 'react';
import type { BackendService } from '../../../../shared/contract/backend';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatDateTime } from '../../../client/format-time';
import { Button } from '../../../ui/controls/button';
import { Section } from '../../../ui/layout/section';
import { Ago } from '../../../ui/marks/ago';
import { HealthMark } from '../../../ui/marks/health-mark';

/** As many as are read at a glance. */
const firstShown = 8;

/** What the cluster noted about the services, newest first; nothing where services are not noted about. */
export function ServiceEvents({ services }: { services: readonly BackendService[] }) {
  const [all, setAll] = useState(false);
  if (services.every(({ events }) => events === undefined)) return null;
  const events = services
    .flatMap(({ name, title, events = [] }) => events.map((event) => ({ ...event, name, title })))
    .sort((a, b) => b.at - a.at);
  const warnings = events.filter(({ type }) => type === 'warning').length;
  return (
    <Section
      title="Events"
      aside={
        <span className="text-xs text-muted tabular">
          {warnings === 0 ? 'no warnings' : warnings === 1 ? '1 warning' : `${warnings} warnings`}
        </span>
      }
    >
      {events.length === 0 && <p className="px-3 py-2 text-muted">Nothing was noted of late.</p>}
      <ul aria-label="Events">
        {(all ? events : events.slice(0, firstShown)).map(({ at, type, reason, message, name, title }) => (
          <li
            key={`${name} ${at} ${reason} ${message}`}
            className="grid grid-cols-[6.5rem_8rem_10rem_minmax(0,1fr)] items-baseline gap-3 px-3 py-1.5"
          >
            <span className="text-xs whitespace-nowrap text-muted tabular" title={formatDateTime(at)}>
              <Ago at={at} />
            </span>
            <span className="truncate font-medium">{title}</span>
            <span className="flex min-w-0 items-center gap-1.5 text-xs">
              <HealthMark health={type === 'warning' ? 'warn' : 'off'} label={type} size={8} />
              <span className="truncate">{reason}</span>
            </span>
            <span className="min-w-0 text-xs wrap-anywhere text-muted">{showPlainText(message)}</span>
          </li>
        ))}
      </ul>
      {!all && events.length > firstShown && (
        <div className="px-3 py-2">
          <Button size="sm" onClick={() => setAll(true)}>
            Show all {events.length}
          </Button>
        </div>
      )}
    </Section>
  );
}
