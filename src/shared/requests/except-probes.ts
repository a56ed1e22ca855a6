import { probeService } from '../runs/probe-names';
import { everyLogLine } from './every-log-line';

/** Strings hold what they like; a query that begins otherwise is none of lines. */
const selector = /^\s*\{(?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`}])*(?=\})/;

/**
 * A LogQL query of lines (every line where it is empty) without the lines of our own probes, for what the backend counts; lines that are
 * shown are filtered when they come.
 */
export function exceptProbes(query: string): string {
  const asked = query || everyLogLine;
  const [begin] = selector.exec(asked) ?? [];
  if (begin === undefined || begin.trim() === '{') return asked;
  const matchers = begin.trimEnd();
  const comma = matchers.endsWith(',') ? '' : ',';
  return `${matchers}${comma} service_name!=${JSON.stringify(probeService)}${asked.slice(begin.length)}`;
}
