import { describe, expect, it } from 'vitest';
import type { SpanShape } from '../../../../shared/runs/run-summary';
import { makeRequest, makeShape, makeSummary } from '../../../test-host/run-data';
import { layoutShapes } from './layout-shapes';

const root = makeShape('GET /orders', { kind: 'server', parent: '' });
const telemetry = (...shapes: SpanShape[]) => makeSummary('a', { shapes }).telemetry;
const below = (name: string, fields: Partial<SpanShape> = {}) =>
  makeShape(name, { kind: 'internal', parent: 'shop server GET /orders', ...fields });
const drawn = (shapes: SpanShape[]) =>
  layoutShapes(telemetry(...shapes)).flatMap(({ rows }) =>
    rows.map(({ depth, name, below }) => `${'  '.repeat(depth)}${name}${below === undefined ? '' : ` < ${below}`}`),
  );

describe('the structure of a run', () => {
  it('puts each shape below its parent, what took longest first', () => {
    const slow = below('load', { durations: { ...root.durations, totalNs: 9e9 } });
    const query = below('SELECT orders', { parent: 'shop internal load' });
    expect(drawn([below('render'), query, root, slow])).toEqual([
      'GET /orders',
      '  load',
      '    SELECT orders',
      '  render',
    ]);
  });

  it('loses no shape whose parent is not there, or is below itself', () => {
    expect(drawn([root, below('stray', { parent: 'cart internal gone' })])).toEqual([
      'GET /orders',
      'stray < cart internal gone',
    ]);
    const loop = [below('a', { parent: 'shop internal b' }), below('b', { parent: 'shop internal a' })];
    expect(drawn([root, ...loop])).toEqual(['GET /orders', 'a < shop internal b', '  b']);
    expect(drawn([below('again', { parent: 'shop internal again' })])).toEqual(['again < shop internal again']);
  });

  it('puts the children of equal parents below the first of them', () => {
    const twice = [below('load'), below('cached'), below('load', { parent: 'shop internal cached' })];
    const child = below('SELECT orders', { parent: 'shop internal load' });
    expect(drawn([root, ...twice, child])).toEqual([
      'GET /orders',
      '  cached',
      '    load',
      '      SELECT orders',
      '  load',
    ]);
  });

  it('holds a thousand levels', () => {
    const chain = Array.from({ length: 1000 }, (_, level) =>
      below(`s${level}`, { parent: level === 0 ? 'shop server GET /orders' : `shop internal s${level - 1}` }),
    );
    expect(drawn([root, ...chain]).at(-1)).toBe(`${'  '.repeat(1000)}s999`);
  });

  it('joins what two runs have, and keeps what only one has', () => {
    const [tree] = layoutShapes(telemetry(root, below('new')), telemetry(root, below('gone')));
    expect(tree?.rows.map(({ name, before, after }) => [name, before !== undefined, after !== undefined])).toEqual([
      ['GET /orders', true, true],
      ['gone', true, false],
      ['new', false, true],
    ]);
    expect([tree?.before, tree?.after]).toEqual([makeRequest(), makeRequest()]);
  });

  it('shows a request without any shape as well', () => {
    const only = makeSummary('a', { shapes: [], requests: [makeRequest({ request: 'cart POST /pay' })] }).telemetry;
    expect(layoutShapes(only)).toEqual([{ request: 'cart POST /pay', after: expect.anything(), rows: [] }]);
  });
});
