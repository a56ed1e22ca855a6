import { useQuery } from '@tanstack/react-query';
import { Pin, PinOff } from 'lucide-react';
import type { Facet, FacetGroup } from '../../../../shared/contract/facets';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount, formatShort } from '../../../client/format-number';
import { errorInstead } from '../../../client/loading/error-instead';
import { IconButton } from '../../../ui/controls/icon-button';
import { Skeleton } from '../../../ui/layout/skeleton';
import { HealthMark } from '../../../ui/marks/health-mark';
import { BreakableName } from '../../../ui/text/breakable-name';
import { FieldChooser } from './field-chooser';
import { standingFacets } from './standing-facets';
import type { FieldActions } from './value-actions';

interface FacetSidebarProps {
  query: string;
  windowKey: string;
  resolveWindow: () => TimeWindow;
  enabled: boolean;
  /** Counts are renewed while the window moves. */
  follows: boolean;
  pinned: readonly string[];
  onPin: (fields: readonly string[]) => void;
  actions: FieldActions;
}

const shown = 6;
const everyMs = 15_000;

/** The values that the query's spans have most, with their numbers: a click narrows. */
export function FacetSidebar({
  query,
  windowKey,
  resolveWindow,
  enabled,
  follows,
  pinned,
  onPin,
  actions,
}: FacetSidebarProps) {
  const fields = [...standingFacets.map(({ field }) => field), ...pinned];
  const facets = useQuery({
    queryKey: ['facets', query, windowKey, fields.join('\n')],
    queryFn: ({ signal }) => client.traces.facets({ query, window: resolveWindow(), fields, limit: shown }, { signal }),
    // The counts of another query would be read as this one's; those of a moment ago hold while new ones come.
    placeholderData: (before, asked) => (asked?.queryKey[1] === query ? before : undefined),
    enabled,
    refetchInterval: follows ? everyMs : false,
    retry: false,
  });
  const { data } = facets;
  return (
    <aside
      aria-label="Facets"
      data-testid="facets"
      className="hidden w-60 shrink-0 flex-col overflow-y-auto border-r border-line bg-surface min-[1200px]:flex"
    >
      {facets.error && (
        <p role="status" className="p-3 text-xs wrap-anywhere text-muted">
          {errorInstead(facets) ? 'No facets' : 'No newer facets'}: {describeError(facets.error).message}
        </p>
      )}
      {errorInstead(facets) ? null : data ? (
        data.facets.map((facet) => (
          <FacetPart
            key={facet.field}
            facet={facet}
            spans={data.spans}
            actions={actions}
            onUnpin={
              pinned.includes(facet.field) ? () => onPin(pinned.filter((each) => each !== facet.field)) : undefined
            }
          />
        ))
      ) : (
        <div className="grid gap-2 p-3">
          {fields.map((field) => (
            <Skeleton key={field} className="h-20 w-full" />
          ))}
        </div>
      )}
      <div className="px-4 py-3">
        <FieldChooser
          label="Pin a facet"
          icon={Pin}
          isChosen={(field) => fields.includes(field)}
          onChoose={(field) => onPin([...pinned, field])}
        />
      </div>
    </aside>
  );
}

function FacetPart({
  facet: { field, groups, others, looked },
  spans,
  actions,
  onUnpin,
}: {
  facet: Facet;
  /** Of the query: fewer are looked at where those are very many. */
  spans: number;
  actions: FieldActions;
  onUnpin: (() => void) | undefined;
}) {
  const most = Math.max(1, ...groups.map(({ count }) => count));
  const title = standingFacets.find((each) => each.field === field)?.title;
  return (
    <section className="border-b border-line py-1.5" aria-label={title ?? field}>
      <h3 className="group/facet flex min-h-6 items-center gap-1 pr-3 pl-4 text-xs font-medium text-muted">
        <button
          type="button"
          title={`Group by ${field}`}
          onClick={() => actions.groupBy(field)}
          className="min-w-0 flex-1 text-left wrap-anywhere hover:text-ink"
        >
          {title ?? <BreakableName name={showPlainText(field)} />}
        </button>
        {onUnpin && (
          <IconButton size="sm" label={`Unpin ${field}`} onClick={onUnpin}>
            <PinOff size={12} />
          </IconButton>
        )}
      </h3>
      {groups.length === 0 ? (
        <p className="px-4 text-xs text-faint">none</p>
      ) : (
        <ul>
          {groups.map((group) => (
            <FacetValue key={group.condition ?? group.value} group={group} most={most} actions={actions} />
          ))}
        </ul>
      )}
      {others.spans > 0 && (
        <p className="px-4 pt-0.5 text-2xs text-faint tabular">
          {others.values === null ? 'others' : `${formatCount(others.values)} more`}, {formatShort(others.spans)} spans
        </p>
      )}
      {looked < spans && <p className="px-4 text-2xs text-faint tabular">of {formatShort(looked)} spans looked at</p>}
    </section>
  );
}

function FacetValue({ group, most, actions }: { group: FacetGroup; most: number; actions: FieldActions }) {
  const { value, condition, count, errors } = group;
  const name = value === null ? 'none' : value === '' ? '(empty)' : showPlainText(value);
  return (
    <li className="group/value relative flex h-6 items-center pr-1 pl-4 text-xs hover:bg-hover">
      <button
        type="button"
        disabled={condition === null}
        title={
          condition === null ? undefined : `Only ${condition}${errors > 0 ? `, ${formatCount(errors)} failed` : ''}`
        }
        onClick={() => condition !== null && actions.include(condition)}
        className="relative flex min-w-0 flex-1 items-center gap-2 text-left"
      >
        <span
          aria-hidden
          className="absolute inset-y-0 -left-1 rounded-sm bg-accent/12"
          style={{ width: `calc((100% + 0.5rem) * ${count / most})` }}
        />
        <span
          className={
            value === null ? 'relative min-w-0 flex-1 truncate text-faint' : 'relative min-w-0 flex-1 truncate'
          }
        >
          {name}
        </span>
        {errors > 0 && (
          <span className="relative flex shrink-0 items-center gap-1 text-2xs text-bad tabular">
            <HealthMark health="bad" size={7} label="failed" />
            {formatShort(errors)}
          </span>
        )}
        <span className="relative w-11 shrink-0 text-right text-muted tabular">{formatShort(count)}</span>
      </button>
      {condition !== null && (
        <button
          type="button"
          aria-label={`Without ${condition}`}
          title={`Without ${condition}`}
          onClick={() => actions.exclude(condition)}
          className="ml-1 w-5 shrink-0 rounded text-muted opacity-0 group-hover/value:opacity-100 hover:bg-selected focus-visible:opacity-100"
        >
          ≠
        </button>
      )}
    </li>
  );
}
