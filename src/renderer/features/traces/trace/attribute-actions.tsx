import { Link } from '@tanstack/react-router';
import { ChartNoAxesColumn, Columns3, ZoomIn, ZoomOut } from 'lucide-react';
import type { Attribute } from '../../../../shared/contract/telemetry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { traceField } from '../../../../shared/trace-query/trace-condition';
import { keepTime } from '../../../page/time-window';
import { type AttributeScope, attributeFilter } from '../../../page/trace/attribute-filter';
import { Tooltip } from '../../../ui/overlays/tooltip';

interface AttributeActionsProps {
  attribute: Attribute;
  scope: AttributeScope;
  traceId: string;
}

const look =
  'inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink';

/** What can be done with an attribute: traces that have its value or have it not, a column in the list, this trace's statistics by it. */
export function AttributeActions({ attribute, scope, traceId }: AttributeActionsProps) {
  const include = attributeFilter(attribute, scope, 'include');
  const exclude = attributeFilter(attribute, scope, 'exclude');
  const columns = traceField(scope, attribute.key);
  const by = `${scope}.${attribute.key}`;
  const name = showPlainText(attribute.key.slice(0, 80));
  const labels = {
    include: `Traces with this ${name}`,
    exclude: `Traces without this ${name}`,
    column: `Traces with ${name} as a column`,
    group: `Statistics of this trace by ${name}`,
  };
  return (
    <>
      {include !== null && (
        <Tooltip content={labels.include}>
          <Link
            to="/traces"
            search={(before) => ({ ...keepTime(before), live: false, q: include })}
            aria-label={labels.include}
            className={look}
          >
            <ZoomIn size={13} aria-hidden />
          </Link>
        </Tooltip>
      )}
      {exclude !== null && (
        <Tooltip content={labels.exclude}>
          <Link
            to="/traces"
            search={(before) => ({ ...keepTime(before), live: false, q: exclude })}
            aria-label={labels.exclude}
            className={look}
          >
            <ZoomOut size={13} aria-hidden />
          </Link>
        </Tooltip>
      )}
      <Tooltip content={labels.column}>
        <Link
          to="/traces"
          search={(before) => ({ ...keepTime(before), live: false, columns })}
          aria-label={labels.column}
          className={look}
        >
          <Columns3 size={13} aria-hidden />
        </Link>
      </Tooltip>
      <Tooltip content={labels.group}>
        <Link
          to="/traces/$traceId"
          params={{ traceId }}
          search={(before) => ({ ...before, view: 'statistics' as const, by })}
          aria-label={labels.group}
          className={look}
        >
          <ChartNoAxesColumn size={13} aria-hidden />
        </Link>
      </Tooltip>
    </>
  );
}
