// Renders the app's icons from the panel's SVG with Chromium: `npm run render:icons`. What it writes is committed.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { packIcns, packIco } from './pack-icons';

const source = 'src/renderer/public/watchtower.svg';
const folder = 'build/icons/app';
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 256];
const macSizes = [16, 32, 64, 128, 256, 512, 1024];
/** Apple's grid leaves 100 of 1024 free on each side. */
const macMargin = 100 / 1024;

const svg = await readFile(source, 'utf8');
const executablePath = process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
const linux = await renderAll(browser, linuxSizes, 0);
const windows = await renderAll(browser, windowsSizes, 0);
const mac = await renderAll(browser, macSizes, macMargin);
await browser.close();

await mkdir(folder, { recursive: true });
for (const [size, png] of linux) await writeFile(join(folder, `${size}x${size}.png`), png);
await writeFile(join(folder, 'icon.ico'), packIco(windows));
await writeFile(join(folder, 'icon.icns'), packIcns(mac));

async function renderAll(browser: Browser, sizes: readonly number[], margin: number): Promise<Map<number, Buffer>> {
  const images = new Map<number, Buffer>();
  for (const size of sizes) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const inset = Math.round(size * margin);
    await page.setContent(
      `<style>body{margin:${inset}px} svg{display:block;width:${size - 2 * inset}px;height:${size - 2 * inset}px}</style>${svg}`,
    );
    images.set(size, await page.screenshot({ omitBackground: true }));
    await page.close();
  }
  return images;
}
