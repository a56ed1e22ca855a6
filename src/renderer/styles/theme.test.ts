import { describe, expect, it } from 'vitest';
import css from './theme.css?raw';

const tokens = new Map(
  [...css.matchAll(/--color-([\w-]+): (?:light-dark\((#\w+), (#\w+)\)|(#\w+));/g)].map(
    ([, name, light, dark, both]) => [name!, { light: light ?? both!, dark: dark ?? both! }],
  ),
);
const themes = ['light', 'dark'] as const;
const grounds = ['canvas', 'surface', 'raised', 'overlay', 'hover', 'selected'];
const texts = ['ink', 'muted', 'faint', 'accent', 'ok', 'warn', 'bad'];
const pairs: [text: string, ground: string, least: number][] = [
  ...texts.flatMap((text) => grounds.map((ground): [string, string, number] => [text, ground, 4.5])),
  ['on-accent', 'accent-solid', 4.5],
  ['on-accent', 'accent-solid-hover', 4.5],
  ['ok', 'ok-soft', 4.5],
  ['warn', 'warn-soft', 4.5],
  ['bad', 'bad-soft', 4.5],
  ['ink', 'bad-soft', 4.5],
  ['muted', 'bad-soft', 4.5],
  ['muted', 'ok-soft', 4.5],
  // Graphics need 3:1.
  ...Array.from({ length: 11 }, (_, index): [string, string, number] => [`service-${index}`, 'surface', 3]),
];

describe('the theme', () => {
  it.each(themes)('holds WCAG AA in %s', (theme) => {
    const weak = pairs
      .map(([text, ground, least]) => ({
        text,
        ground,
        least,
        contrast: contrast(tokens.get(text)![theme], tokens.get(ground)![theme]),
      }))
      .filter(({ contrast, least }) => contrast < least)
      .map(({ text, ground, contrast }) => `${text} on ${ground}: ${contrast.toFixed(2)}`);
    expect(weak).toEqual([]);
  });
});

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
