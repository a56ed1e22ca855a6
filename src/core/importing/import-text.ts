import type { ImportedFile } from '../../shared/contract/imports';
import { importRequest } from './import-request';
import { isJson } from './read-request';

const namedTraces = 20;

/**
 * Sends the requests of a file to the base URL of a receiver, one after the other: a line each, or the whole file where it is one that was written over
 * several lines. Ends at the first that is none or is not taken.
 */
export async function importText(endpoint: string, text: string): Promise<ImportedFile> {
  const file = { spans: 0, lines: 0, points: 0, rejected: 0, why: '' };
  const traces = new Map<string, number>();
  const done = (problem: ImportedFile['problem']): ImportedFile => ({
    ...file,
    traceCount: traces.size,
    traceIds: [...traces]
      .sort((a, b) => b[1] - a[1])
      .slice(0, namedTraces)
      .map(([traceId]) => traceId),
    problem,
  });
  let some = false;
  for (const { line, request } of requestsOf(text)) {
    some = true;
    const sent = await importRequest(endpoint, request, line);
    if ('problem' in sent) return done(sent.problem);
    const taken = Math.max(0, sent.items - sent.rejected);
    if (sent.signal === 'traces') file.spans += taken;
    else if (sent.signal === 'logs') file.lines += taken;
    else file.points += taken;
    file.rejected += sent.rejected;
    file.why ||= sent.why;
    for (const [traceId, spans] of sent.traces) traces.set(traceId, (traces.get(traceId) ?? 0) + spans);
  }
  if (some) return done(null);
  return done({ kind: 'not-otlp', message: 'The file holds nothing.', hint: 'Give a file of OTLP JSON.' });
}

function* requestsOf(text: string): Generator<{ line: number; request: string }> {
  const lines = text.split('\n');
  const first = lines.find((line) => line.trim() !== '');
  if (first !== undefined && !isJson(first) && isJson(text)) {
    yield { line: 1, request: text };
    return;
  }
  for (const [at, request] of lines.entries()) if (request.trim() !== '') yield { line: at + 1, request };
}
