import type { BoardChart } from '../../../../shared/contract/host';
import { describeError } from '../../../client/describe-error';
import { useSettings, useUpdateSettings } from '../../../client/use-settings';
import { showToast } from '../../../ui/overlays/toast';
import { newChartId } from './new-chart-id';

/** As many as the settings keep. */
export const boardSize = 50;

interface Board {
  /** Undefined until the host has answered. */
  charts: readonly BoardChart[] | undefined;
  isPinned: (query: string) => boolean;
  /** Adds the chart, or takes it away where its query is on the board already. */
  toggle: (chart: Omit<BoardChart, 'id'>) => void;
  replace: (charts: readonly BoardChart[]) => void;
}

/** The charts that the host keeps in its settings. */
export function useBoard(): Board {
  const settings = useSettings();
  const update = useUpdateSettings();
  const charts = settings && (settings.board ?? []);
  const replace = (next: readonly BoardChart[]) =>
    update.mutate(
      { board: [...next] },
      { onError: (error) => showToast('The board was not kept', describeError(error).message) },
    );
  return {
    charts,
    isPinned: (query) => charts?.some((chart) => chart.query === query) ?? false,
    toggle: (chart) => {
      if (!charts) return;
      if (charts.some(({ query }) => query === chart.query)) {
        replace(charts.filter(({ query }) => query !== chart.query));
        return;
      }
      if (charts.length >= boardSize) {
        showToast(`The board holds ${boardSize} charts: take one off first`);
        return;
      }
      replace([...charts, { ...chart, id: newChartId() }]);
    },
    replace,
  };
}
