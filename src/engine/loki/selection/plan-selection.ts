import type { SqlValue, StoreReader } from '../../store/reader/reader';
import type { Selection, Stage } from '../logql/ast';
import type { LogStream } from '../records/log-stream';
import { scopeLabels } from '../records/read-records';
import type { LogCatalog } from './log-catalog';
import { pushLabelFilter } from './push-label-filter';
import { pushLineFilter } from './push-line-filter';
import { selectStreams } from './select-streams';
import { inIds, SqlParameters } from './sql-parameters';

/** How a selection is run: what SQL selects, and the stages that go over those rows. */
export interface SelectionPlan {
  readonly streams: ReadonlyMap<number, LogStream>;
  /** Condition over the table `logs`, without the time; it uses `parameters`. */
  readonly where: string;
  readonly parameters: readonly SqlValue[];
  /** Stages that SQL did not take; without filters among them SQL's rows are the answer's. */
  readonly stages: readonly Stage[];
}

/** What each stage may do: take lines away and no more, or change what the stages behind it see. A line's change may set a label. */
const effects: Readonly<Record<Stage['kind'], 'filters' | 'changes labels' | 'changes line'>> = {
  'line-filter': 'filters',
  'label-filter': 'filters',
  json: 'changes labels',
  logfmt: 'changes labels',
  regexp: 'changes labels',
  pattern: 'changes labels',
  unpack: 'changes line',
  decolorize: 'changes line',
  'line-format': 'changes line',
  'label-format': 'changes labels',
  drop: 'changes labels',
  keep: 'changes labels',
};

/** Undefined when no stream matches. */
export async function planSelection(
  selection: Selection,
  reader: StoreReader,
  catalog: LogCatalog,
): Promise<SelectionPlan | undefined> {
  const { database, dictionary } = reader;
  const streams = selectStreams(dictionary, selection.matchers);
  if (streams.size === 0) return undefined;
  const parameters = new SqlParameters();
  const conditions: string[] = [];
  if (streams.size < dictionary.resources().size) conditions.push(inIds('resource', [...streams.keys()]));
  const stages: Stage[] = [];
  let lineChanged = false;
  let labelsChanged = false;
  let refreshed = false;
  for (const stage of selection.stages) {
    if (stage.kind === 'line-filter' && !lineChanged) {
      const sql = pushLineFilter(stage, parameters);
      if (sql) conditions.push(sql);
      else stages.push(stage);
      continue;
    }
    if (stage.kind === 'label-filter' && !labelsChanged) {
      if (!refreshed) await catalog.refresh();
      refreshed = true;
      const names = new Set([...dictionary.scopes().values()].flatMap((scope) => [...scopeLabels(scope).keys()]));
      const pushed = await pushLabelFilter(stage.filter, {
        database,
        dictionary,
        catalog,
        parameters,
        streams,
        scopeLabels: names,
      });
      if (pushed) conditions.push(pushed.sql);
      if (!pushed?.exact) stages.push(stage);
      continue;
    }
    lineChanged ||= effects[stage.kind] === 'changes line';
    labelsChanged ||= effects[stage.kind] !== 'filters';
    stages.push(stage);
  }
  return {
    streams,
    where: conditions.length > 0 ? conditions.join(' AND ') : 'TRUE',
    parameters: parameters.values,
    stages,
  };
}

/** Whether a stage can take a line away. */
export function hasFilter(stages: readonly Stage[]): boolean {
  return stages.some(({ kind }) => effects[kind] === 'filters');
}
