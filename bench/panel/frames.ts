import type { Page } from '@playwright/test';

export interface Frames {
  /** A second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly longest: number;
}

/** How many frames the page drew while something was done, and the longest of them. As text: this program knows no DOM. */
export async function framesWhile(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(`{
    window.benchFrames = [];
    window.benchEnds = false;
    const draw = (at) => {
      benchFrames.push(at);
      if (!benchEnds) requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
  }`);
  await act();
  const times = await page.evaluate<number[]>('(benchEnds = true, benchFrames)');
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  const total = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return { rate: (gaps.length * 1000) / total, longest: Math.max(...gaps) };
}
