import { afterEach, describe, expect, it, vi } from 'vitest';
import theme from '../../styles/theme.css?raw';

type Colour = readonly [number, number, number];

/** Linear RGB of a token of the theme, light and dark. */
function tokenOf(name: string): readonly [Colour, Colour] {
  const found = new RegExp(`--color-${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(theme);
  if (!found) throw new Error(`the theme has no ${name}`);
  return [linear(found[1]!), linear(found[2]!)];
}

function linear(hex: string): Colour {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r!, g!, b!];
}

function contrast(a: Colour, b: Colour): number {
  const [light, dark] = [a, b].map(([r, g, blue]) => 0.2126 * r + 0.7152 * g + 0.0722 * blue).sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

function oklab([r, g, b]: Colour): Colour {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** As those see it who lack one kind of cone (Machado, Oliveira, Fernandes 2009, full severity). */
const eyes: Record<string, readonly Colour[]> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};

function seen(colour: Colour, eye: readonly Colour[]): Colour {
  const [r, g, b] = eye.map((row) =>
    Math.min(1, Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2])),
  );
  return [r!, g!, b!];
}

function leastDistance(colours: readonly Colour[], eye: readonly Colour[]): number {
  const places = colours.map((colour) => oklab(seen(colour, eye)));
  const distances = places.flatMap((a, index) =>
    places.slice(index + 1).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
  );
  return Math.min(...distances);
}

describe('the colours of services', () => {
  const colours = Array.from({ length: 16 }, (_, index) => tokenOf(`service-${index}`));

  it('are the sixteen of the theme', () => {
    expect(theme.match(/--color-service-\d+:/g)).toHaveLength(16);
  });

  it.each(['canvas', 'surface', 'raised', 'hover', 'selected'])('stand out from %s in both themes', (ground) => {
    for (const [index, colour] of colours.entries()) {
      for (const side of [0, 1] as const)
        expect(contrast(colour[side], tokenOf(ground)[side]), `service-${index}`).toBeGreaterThanOrEqual(3);
    }
  });

  it.each([
    ['all', 0.06, 0.09],
    ['deuteranopia', 0.03, 0.05],
    ['protanopia', 0.03, 0.05],
  ])('differ to eyes with %s', (eye, least, leastOfFirst) => {
    for (const side of [0, 1] as const) {
      const ofSide = colours.map((colour) => colour[side]);
      expect(leastDistance(ofSide, eyes[eye]!)).toBeGreaterThan(least);
      expect(leastDistance(ofSide.slice(0, 8), eyes[eye]!), 'the first eight').toBeGreaterThan(leastOfFirst);
    }
  });
});

describe('serviceColour', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('is grey until the registry has told the place, and then that of the place', async () => {
    vi.resetModules();
    const { followServiceRegistry, serviceColour } = await import('./service-colour');
    const properties = new Map<string, string>();
    const style = { setProperty: (name: string, value: string) => properties.set(name, value) };
    vi.stubGlobal('document', { documentElement: { style } });
    const asked: (readonly string[])[] = [];
    const [web, db] = [serviceColour('web'), serviceColour('db')];
    expect(web).toMatch(/^var\(--service-\w+, var\(--color-faint\)\)$/);
    expect(db).not.toBe(web);
    followServiceRegistry(async (names) => {
      asked.push(names);
      return names.map((_, index) => index + 17);
    });
    await vi.waitFor(() => expect(properties.size).toBe(2));
    expect([...properties.values()]).toEqual(['var(--color-service-1)', 'var(--color-service-2)']);
    expect(web).toContain([...properties.keys()][0]);
    serviceColour('web');
    expect(asked).toEqual([['web', 'db']]);
  });
});
