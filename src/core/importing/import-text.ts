import { type ImportedFile, mostImportedBytes } from '../../shared/contract/imports';
import { importRequest } from './import-request';
import { splitRequests } from './split-requests';

const namedTraces = 20;

/**
 * Sends the requests of a file to the base URL of a receiver, one after the other; `onProgress` is told which part of the
 * file was taken, 0 to 1. Ends at the first that is none or is not taken.
 */
export async function importText(
  endpoint: string,
  text: string,
  onProgress: (share: number) => void = () => {},
): Promise<ImportedFile> {
  const bytes = Buffer.from(text);
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
  // A file is no larger than this, and so is no request of it.
  for await (const { line, text: request, end } of splitRequests([bytes], mostImportedBytes)) {
    some = true;
    const sent = await importRequest(endpoint, request ?? '', line);
    if ('problem' in sent) return done(sent.problem);
    onProgress(end / bytes.length);
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
