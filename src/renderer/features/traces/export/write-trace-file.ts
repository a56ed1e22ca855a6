import type { LogRecord, Trace } from '../../../../shared/contract/telemetry';
import { formatExactTime } from '../../../client/format-time';
import { serviceColourText } from '../../../ui/marks/service-colour';
import { describeCut, makeTraceHtml } from './make-trace-html';
import { readForFile } from './read-for-file';
import style from './viewer.css?raw';
import script from './viewer.js?raw';

/** The trace as one HTML file, and what is not in it as a sentence, empty where everything is. */
export function writeTraceFile(trace: Trace, logs: readonly LogRecord[], now: Date): { html: string; left: string } {
  const { file, cut, serviceNames, lasted } = readForFile(trace, logs);
  const first = trace.spans[0];
  const html = makeTraceHtml({
    traceId: trace.traceId,
    name: file.spans[0]?.name ?? '',
    started: first ? formatExactTime(first.startNs) : '',
    exported: now.toISOString(),
    ...{ lasted, file, cut, style, script },
    colours: serviceNames.map(serviceColourText),
    nonce: Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    ),
  });
  return { html, left: describeCut(cut) };
}
