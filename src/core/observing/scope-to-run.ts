import { parser } from '@prometheus-io/lezer-promql';
import { runAttributes, runIdLabel } from '../../shared/runs/run-attributes';
import { blankStrings } from './blank-strings';
import type { Question } from './signal';

/** The question, asked of what these runs sent alone, one at least. The ids are runs' own: letters and digits. */
export function scopeToRun({ signal, query }: Question, ...ids: readonly string[]): string {
  if (signal === 'traces') return scopeTraceql(query, ids);
  if (signal === 'logs') return scopeLogql(query, ids);
  return scopePromql(query, ids);
}

/** In LogQL and PromQL: `watchtower_run_id="k3f7abcd"`. */
export function matcherOfRuns(ids: readonly string[]): string {
  return `${runIdLabel}${ids.length === 1 ? '=' : '=~'}"${ids.join('|')}"`;
}

function scopeTraceql(query: string, ids: readonly string[]): string {
  const condition = `resource.${runAttributes.id} ${ids.length === 1 ? '=' : '=~'} "${ids.join('|')}"`;
  return replaceBraces(query || '{}', (inside) =>
    inside.trim() === '' ? `{ ${condition} }` : `{ (${inside}) && ${condition} }`,
  );
}

function scopeLogql(query: string, ids: readonly string[]): string {
  return replaceBraces(query, (inside) => `{${inside}} | ${matcherOfRuns(ids)}`);
}

function replaceBraces(query: string, replace: (inside: string) => string): string {
  const bare = blankStrings(query);
  let scoped = '';
  let from = 0;
  for (const { index, 0: found } of bare.matchAll(/\{[^{}]*\}/g)) {
    scoped += query.slice(from, index) + replace(query.slice(index + 1, index + found.length - 1));
    from = index + found.length;
  }
  return scoped + query.slice(from);
}

/** One that does not parse is left as it is: the backend then says what is wrong with it. */
function scopePromql(query: string, ids: readonly string[]): string {
  const matcher = matcherOfRuns(ids);
  const inserts: { at: number; text: string }[] = [];
  parser.parse(query).iterate({
    enter: ({ name, node }) => {
      if (name !== 'VectorSelector') return;
      const braces = node.getChild('LabelMatchers');
      if (!braces) {
        inserts.push({ at: node.to, text: `{${matcher}}` });
        return;
      }
      const before = query.slice(braces.from + 1, braces.to - 1).trim();
      inserts.push({ at: braces.to - 1, text: before === '' || before.endsWith(',') ? matcher : `, ${matcher}` });
    },
  });
  return inserts
    .sort((a, b) => b.at - a.at)
    .reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), query);
}
