import { describe, expect, it } from 'vitest';
import { layOutGraph, nodeSize } from './lay-out-graph';
import type { Arc } from './rank-nodes';

const arcsOf = (text: string): Arc[] =>
  text.split(' ').map((each) => {
    const [from = '', to = ''] = each.split('>');
    return { from, to };
  });
const idsOf = (arcs: readonly Arc[]) => [...new Set(arcs.flatMap(({ from, to }) => [from, to]))];
const layOut = (text: string) => layOutGraph(idsOf(arcsOf(text)), arcsOf(text));

describe('layOutGraph', () => {
  it('puts callers left of what they call, also over several layers', () => {
    const { places } = layOut('web>shop shop>db web>db shop>mail');
    const x = (id: string) => places.get(id)!.x;
    expect(x('web')).toBeLessThan(x('shop'));
    expect(x('shop')).toBeLessThan(x('db'));
    expect(x('db')).toBe(x('mail'));
  });

  it('ends with circles and with what calls itself', () => {
    const { places, routes } = layOut('a>b b>c c>a b>b');
    expect(places.size).toBe(3);
    expect(routes).toHaveLength(4);
    expect(new Set([...places.values()].map(({ x }) => x)).size).toBe(3);
  });

  it('lets no two nodes overlap, however many there are', () => {
    const arcs = Array.from({ length: 200 }, (_, i) => ({ from: `s${(i * 7) % 60}`, to: `s${(i * 13 + 5) % 60}` }));
    const places = [...layOutGraph(idsOf(arcs), arcs).places.values()];
    const overlapping = places.flatMap((a, i) =>
      places
        .slice(i + 1)
        .filter((b) => Math.abs(a.x - b.x) < nodeSize.width && Math.abs(a.y - b.y) < nodeSize.height)
        .map((b) => [a, b]),
    );
    expect(places).toHaveLength(60);
    expect(overlapping).toEqual([]);
  });

  it('draws what comes from outside where it comes in alone, unless that is next to it', () => {
    const arcs = arcsOf('web>shop shop>db user>web user>db').map((arc) => ({ ...arc, enters: arc.from === 'user' }));
    const { places, routes } = layOutGraph(idsOf(arcs), arcs);
    const [web, db] = [places.get('web')!, places.get('db')!];
    expect(routes[2]).toEqual([
      { x: places.get('user')!.x + nodeSize.width, y: expect.any(Number) },
      { x: web.x, y: web.y + nodeSize.height / 2 },
    ]);
    expect(routes[3]!.at(-1)).toEqual({ x: db.x, y: db.y + nodeSize.height / 2 });
    expect(routes[3]!.map(({ x }) => x)).toEqual([db.x - 36, db.x]);
    // It takes no room in the layers between.
    expect(new Set([...places.values()].map(({ y }) => y)).size).toBe(1);
  });

  it('is as high as its lowest arc, which may go below all nodes', () => {
    const long = [
      'a>b',
      'b>c',
      'c>d',
      ...Array.from({ length: 12 }, (_, i) => `a>x${i} x${i}>y${i} y${i}>z${i} a>z${i} x${i}>z${i}`),
    ];
    const { routes, height } = layOut(long.join(' '));
    expect(height).toBeGreaterThanOrEqual(Math.max(...routes.flat().map(({ y }) => y)));
  });

  it('crosses no arcs that need not cross', () => {
    const { places } = layOut('a>x b>y c>z a>x2');
    const y = (id: string) => places.get(id)!.y;
    const down = ['a', 'b', 'c'].sort((p, q) => y(p) - y(q));
    const called = { a: 'x', b: 'y', c: 'z' } as Record<string, string>;
    expect(down.map((id) => called[id]!).sort((p, q) => y(p) - y(q))).toEqual(down.map((id) => called[id]!));
  });

  it('puts what is called by nobody and calls nobody below, and needs no node at all', () => {
    const { places, height } = layOutGraph(['a', 'b', 'alone'], arcsOf('a>b'));
    expect(places.get('alone')!.y).toBeGreaterThan(places.get('a')!.y);
    expect(height).toBe(places.get('alone')!.y + nodeSize.height);
    expect(layOutGraph([], [])).toMatchObject({ width: 0, height: 0 });
  });
});
