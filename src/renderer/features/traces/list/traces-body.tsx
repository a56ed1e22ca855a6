import type { ReactNode } from 'react';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { tempoMetricsRange } from '../../../../shared/requests/tempo-metrics-range';
import { metricsQuery } from '../../../../shared/trace-query/metrics-query';
import { narrowTraceQuery } from '../../../../shared/trace-query/narrow-trace-query';
import { curlCommand } from '../../../client/curl-command';
import { describeError } from '../../../client/describe-error';
import { errorInstead } from '../../../client/loading/error-instead';
import { useHostStatus } from '../../../client/use-host-status';
import type { TracesSearch } from '../../../page/page-search';
import { useStoredSwitch } from '../../../ui/controls/use-stored-switch';
import { SplitPane } from '../../../ui/layout/split-pane';
import { DiffersPanel } from '../differs/differs-panel';
import { type SpanSelection, writeSelection } from '../differs/span-selection';
import { FacetSidebar } from '../facets/facet-sidebar';
import { usePinnedFacets } from '../facets/use-pinned-facets';
import { GroupTable } from '../groups/group-table';
import { LatencyPicture } from '../picture/latency-picture';
import { pictureStep } from '../picture/picture-step';
import { durationStage, useLatencyPicture } from '../picture/use-latency-picture';
import { fieldActions } from './field-actions';

interface TracesBodyProps {
  search: TracesSearch;
  /** TraceQL of the page. */
  query: string;
  selection: SpanSelection | null;
  windowKey: string;
  resolveWindow: () => TimeWindow;
  /** The window ends now. */
  follows: boolean;
  showsFacets: boolean;
  /** The list was answered: what stands around it is asked for after it. */
  isListed: boolean;
  update: (change: Partial<TracesSearch>) => void;
  /** In place of all where there is nothing at all. */
  children: ReactNode;
}

/** The picture of durations, facets and what differs, around the list or the groups. */
export function TracesBody({
  search,
  query,
  selection,
  windowKey,
  resolveWindow,
  follows,
  showsFacets,
  isListed,
  update,
  children,
}: TracesBodyProps) {
  const host = useHostStatus();
  const [folded, setFolded] = useStoredSwitch('traces:picture-folded');
  const [pinned, setPinned] = usePinnedFacets();
  const pictured = picturedQuery(query, search);
  const picture = useLatencyPicture(pictured, windowKey, resolveWindow, { enabled: isListed && !folded, follows });
  const select = (chosen: SpanSelection | null) => update({ sel: chosen ? writeSelection(chosen) : undefined });
  const actions = fieldActions(query, search, update);
  const window = { windowKey, resolveWindow };
  const curl = () => {
    const asked = resolveWindow();
    const { path, parameters } = tempoMetricsRange(metricsQuery(pictured, durationStage), asked, pictureStep(asked));
    return curlCommand(host?.endpoints.tempo ?? 'http://localhost:3200', path, parameters);
  };
  return (
    <>
      <LatencyPicture
        picture={errorInstead(picture) ? undefined : picture.data}
        problem={picture.error ? describeError(picture.error) : null}
        roots={search.roots === true}
        onRoots={(roots) => update({ roots: roots || undefined })}
        selection={selection}
        onSelect={select}
        folded={folded}
        onFold={setFolded}
        curl={curl}
      />
      <div className="flex min-h-0 flex-1">
        {showsFacets && (
          <FacetSidebar
            query={pictured}
            {...window}
            enabled={isListed}
            follows={follows}
            pinned={pinned}
            onPin={setPinned}
            actions={actions}
          />
        )}
        <SplitPane
          name="traces-differs"
          place="right"
          initial={440}
          back={{ label: 'Back to the traces', run: () => select(null) }}
          side={
            selection && (
              <DiffersPanel
                selection={selection}
                query={pictured}
                {...window}
                actions={actions}
                onClose={() => select(null)}
              />
            )
          }
        >
          {search.group === undefined ? (
            children
          ) : (
            <GroupTable
              query={pictured}
              field={search.group}
              {...window}
              follows={follows}
              actions={actions}
              onClose={() => update({ group: undefined })}
            />
          )}
        </SplitPane>
      </div>
    </>
  );
}

/** The spans that picture, facets and groups are of. */
export function picturedQuery(query: string, { roots }: TracesSearch): string {
  return roots ? narrowTraceQuery(query, 'nestedSetParent < 0') : query;
}
