import { createHash } from 'node:crypto';
import { panelHeaders } from './panel-headers';

const style = `
:root { color-scheme: light dark; --canvas: #f6f7f9; --surface: #fff; --ink: #16181d; --muted: #545b69; --line: #d4d8e0; --accent: #2456c7; }
@media (prefers-color-scheme: dark) {
  :root { --canvas: #101216; --surface: #181b21; --ink: #e8eaef; --muted: #a2a9b8; --line: #343a46; --accent: #8fb4ff; }
}
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--canvas); color: var(--ink);
  font: 15px/1.55 system-ui, sans-serif; }
main { max-width: 34rem; margin: 1.5rem; padding: 1.5rem 1.75rem; background: var(--surface); border: 1px solid var(--line);
  border-radius: 12px; }
h1 { margin: 0 0 .5rem; font-size: 1.25rem; }
p { margin: .75rem 0 0; }
pre { margin: .75rem 0 0; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 8px; background: var(--canvas);
  font: 14px/1.5 ui-monospace, monospace; user-select: all; }
.muted { color: var(--muted); }
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
`;

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in · Watchtower</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>This browser is not signed in</h1>
<p>What Watchtower keeps is for the user of this machine alone, so the panel asks for a key once. In a terminal, run</p>
<pre><code>watchtower open</code></pre>
<p>It opens the panel here, signed in. Over SSH, <code>watchtower status</code> prints the address with the key.</p>
<p class="muted">Came here by a link of another page? <a href="">Open it again</a> from here.</p>
</main>
</body>
</html>
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** What a browser shows that has no key yet, with its headers; nothing on it comes from the request. */
export const refusalPage: { body: string; headers: Readonly<Record<string, string>> } = {
  body: page,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': panelHeaders['Content-Security-Policy']!.replace(
      "style-src 'self'",
      `style-src 'sha256-${styleHash}'`,
    ),
  },
};
