import { mkdir, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';

/** Renders the tray's icons into resources/tray: five states, four looks, each twice as large as well. The files are committed. */
const folder = new URL('../resources/tray/', import.meta.url);

const states = ['stopped', 'starting', 'ready', 'attention', 'error'] as const;
type State = (typeof states)[number];

/** `template` is black alone, for macOS; `light` and `dark` name the bar they are for; `tile` has a ground of its own. */
const looks = {
  template: { size: 16, line: '#000', ground: null },
  light: { size: 16, line: '#1b2430', ground: null },
  dark: { size: 16, line: '#fff', ground: null },
  tile: { size: 24, line: '#fff', ground: '#1d5fd6' },
} as const;
type Look = keyof typeof looks;

const colours: Record<State, string> = {
  stopped: '#8a94a3',
  starting: '#3d8bff',
  ready: '#2fa84f',
  attention: '#e8a317',
  error: '#e5484d',
};

/** Beside its colour each state has a shape: ring, three dots, disc, triangle, cross. Coordinates in a square of 32. */
function badge(state: State, colour: string): string {
  switch (state) {
    case 'stopped':
      return `<circle cx="24" cy="24" r="4.6" fill="none" stroke="${colour}" stroke-width="2.8"/>`;
    case 'starting':
      return [18.5, 24, 29.5].map((x) => `<circle cx="${x}" cy="25" r="2.1" fill="${colour}"/>`).join('');
    case 'ready':
      return `<circle cx="24" cy="24" r="6" fill="${colour}"/>`;
    case 'attention':
      return `<path d="M24 16.5l7.5 13.5h-15z" fill="${colour}" stroke="${colour}" stroke-width="1.6" stroke-linejoin="round"/>`;
    case 'error':
      return `<path d="M19 19l10 10M29 19l-10 10" stroke="${colour}" stroke-width="4" stroke-linecap="round"/>`;
  }
}

function draw(state: State, look: Look): string {
  const { line, ground } = looks[look];
  const colour = look === 'template' ? line : colours[state];
  const tower = state === 'stopped' && look !== 'template' ? `opacity="0.65"` : '';
  const paths = `<g fill="none" stroke="${line}" stroke-width="2.6" stroke-linejoin="round" stroke-linecap="round" ${tower}>
    <path d="M8.5 29l2.2-13h8.6l2.2 13"/><path d="M6.5 16h17M10 16V10h10v6M10 10l5-5 5 5"/></g>`;
  // The badge stands free of the tower: a ring around it is cut out.
  const free = `<mask id="free"><rect width="32" height="32" fill="#fff"/><circle cx="24" cy="24.5" r="9" fill="#000"/></mask>`;
  const plate = ground ? `<rect width="32" height="32" rx="7" fill="${ground}"/>` : '';
  const disc = ground ? `<circle cx="24" cy="24.5" r="8.6" fill="#fff"/>` : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="100%" height="100%">${free}${plate}<g mask="url(#free)">${paths}</g>${disc}${badge(state, colour)}</svg>`;
}

const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
await mkdir(folder, { recursive: true });
for (const scale of [1, 2]) {
  const page = await browser.newPage({ deviceScaleFactor: scale });
  for (const look of Object.keys(looks) as Look[]) {
    const { size } = looks[look];
    await page.setViewportSize({ width: size, height: size });
    for (const state of states) {
      await page.setContent(`<style>body{margin:0}svg{display:block}</style>${draw(state, look)}`);
      const png = await page.screenshot({ omitBackground: true });
      await writeFile(new URL(`${state}-${look}${scale === 2 ? '@2x' : ''}.png`, folder), png);
    }
  }
}
await browser.close();
