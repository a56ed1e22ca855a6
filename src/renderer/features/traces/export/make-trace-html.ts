import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import type { FileCut, FileTrace } from './read-for-file';

interface TraceHtml {
  readonly traceId: string;
  /** Name of the root, and when the trace began, as they are shown. */
  readonly name: string;
  readonly started: string;
  readonly exported: string;
  /** What was redacted, as a sentence; empty where everything stands as it came. */
  readonly redacted: string;
  /** Nanoseconds. */
  readonly lasted: number;
  readonly file: FileTrace;
  readonly cut: FileCut;
  /** CSS colours of `file.services`, by index. */
  readonly colours: readonly string[];
  readonly style: string;
  readonly script: string;
  /** Random: only what this function writes runs in the file. */
  readonly nonce: string;
}

/** One HTML file that shows a trace by itself, without network; telemetry stands in it as data alone. */
export function makeTraceHtml(page: TraceHtml): string {
  const { traceId, name, started, exported, redacted, lasted, file, cut, colours, style, script, nonce } = page;
  const failed = file.spans.filter(({ failed }) => failed).length;
  const palette = colours.map((colour, index) => `--service-${index}: ${colour};`).join(' ');
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const left = describeCut(cut);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Watchtower">
<title>${escapeHtml(showPlainText(name).slice(0, 200))} · trace ${escapeHtml(traceId)}</title>
<style nonce="${nonce}">
${style}
:root { ${palette} }
</style>
</head>
<body>
<header>
<h1>${escapeHtml(showPlainText(name))}</h1>
<span class="mono">${escapeHtml(formatDuration(lasted))}</span>
${failed > 0 ? `<span class="bad">${formatCount(failed)} ${failed === 1 ? 'error' : 'errors'}</span>` : ''}
<span class="muted">${formatCount(file.spans.length)} ${file.spans.length === 1 ? 'span' : 'spans'} · ${escapeHtml(started)}</span>
<span class="muted mono">${escapeHtml(traceId)}</span>
<span class="grow"></span>
<span class="muted" id="count" role="status"></span>
<input id="search" type="search" aria-label="Search inside the trace" placeholder="Search inside the trace  /">
<button id="theme" type="button">Light or dark</button>
<span class="muted">Exported from Watchtower ${escapeHtml(exported)}</span>
</header>
${[left, redacted].map((told) => (told === '' ? '' : `<p class="notice" role="note">${escapeHtml(told)}</p>`)).join('\n')}
<div class="services" id="services"></div>
<main>
<div id="tree" role="tree" aria-label="Spans of the trace" tabindex="0"></div>
<aside id="side" aria-label="Span"></aside>
</main>
<noscript><p class="notice">This file shows the trace by a script of its own, which is switched off here.</p></noscript>
<script type="application/json" id="trace">${escapeJson(JSON.stringify(file))}</script>
<script nonce="${nonce}">
${script}
</script>
</body>
</html>
`;
}

/** What is not in the file, as a sentence; empty where everything is. */
export function describeCut({ spans, lines, values }: FileCut): string {
  const parts = [
    ...(spans > 0 ? [`${formatCount(spans)} of the deepest spans`] : []),
    ...(lines > 0 ? [`${formatCount(lines)} log ${lines === 1 ? 'line' : 'lines'}`] : []),
    ...(values > 0
      ? [
          values === 1
            ? 'the end of a value of over 32 KiB'
            : `the ends of ${formatCount(values)} values of over 32 KiB`,
        ]
      : []),
  ];
  return parts.length === 0 ? '' : `Not in this file: ${parts.join(', ')}.`;
}

/** No text of it can end the element that it stands in, or begin another. */
function escapeJson(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function escapeHtml(text: string): string {
  const marks: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (found) => marks[found]!);
}
