import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { keepTime } from '../../../page/time-window';
import { Button } from '../../../ui/controls/button';
import { Badge } from '../../../ui/marks/badge';
import type { Metric } from '../metric/metric';

interface MetricHeaderProps {
  /** Null for a query of one's own. */
  metric: Metric | null;
  /** Whether it is known yet what kind of metric it is. */
  isKnown: boolean;
}

/** What is looked at, and the way back to all metrics. */
export function MetricHeader({ metric, isKnown }: MetricHeaderProps) {
  return (
    <>
      <Button size="sm" tone="quiet" render={<Link to="/metrics" search={keepTime} />}>
        <ChevronLeft size={14} aria-hidden />
        All metrics
      </Button>
      {metric && (
        <>
          <code className="min-w-0 truncate font-mono text-sm font-medium">{showPlainText(metric.name)}</code>
          {isKnown && (
            <Badge>{metric.native ? `native ${metric.type}` : showPlainText(metric.type) || 'unknown'}</Badge>
          )}
          {metric.unit && <Badge>{showPlainText(metric.unit)}</Badge>}
          {metric.help && (
            <span
              className="hidden min-w-0 flex-1 truncate text-muted min-[900px]:block"
              title={showPlainText(metric.help)}
            >
              {showPlainText(metric.help)}
            </span>
          )}
        </>
      )}
    </>
  );
}
