import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { expect, it } from 'vitest';
import type { Layer, LedgerEntry } from '../ledger/ledger';
import { digestOf } from '../ledger/ledger';
import { putLayer } from '../ledger/put-layer';
import { takeLayer } from '../ledger/take-layer';
import type { Edit } from './edit';

const word = fc.stringMatching(/^[a-z]{1,6}$/);
const space = fc.constantFrom('', ' ', '\n', '\r\n', '\t', ' /* c */ ', ' // c\n', '\n  // "x": 1\n  ');

/** A value as text, with comments, commas and blanks wherever they may stand. */
const { document } = fc.letrec<{ document: string; value: string; object: string; list: string; flat: string }>(
  (tie) => ({
    flat: fc.oneof(
      fc.integer().map(String),
      fc.boolean().map(String),
      fc.constant('null'),
      fc.string().map((text) => JSON.stringify(text)),
    ),
    value: fc.oneof({ maxDepth: 3 }, tie('flat'), tie('object'), tie('list')),
    list: fc
      .tuple(fc.array(fc.tuple(space, tie('value'), space), { maxLength: 3 }), space, fc.boolean())
      .map(
        ([items, end, comma]) =>
          `[${items.map((parts) => parts.join('')).join(',')}${comma && items.length > 0 ? ',' : ''}${end}]`,
      ),
    object: fc
      .tuple(
        fc.uniqueArray(fc.tuple(word, space, tie('value'), space), { maxLength: 4, selector: ([key]) => key }),
        space,
        fc.boolean(),
      )
      .map(([members, end, comma]) => {
        const texts = members.map(([key, before, value, after]) => `${before}"${key}": ${value}${after}`);
        return `{${texts.join(',')}${comma && texts.length > 0 ? ',' : ''}${end}}`;
      }),
    document: fc.tuple(space, tie('object'), space).map((parts) => parts.join('')),
  }),
);

const edits: Edit[] = [
  { kind: 'json', settings: [{ path: ['mcpServers', 'watchtower'], value: { command: 'watchtower', args: ['mcp'] } }] },
  {
    kind: 'json',
    settings: [
      { path: ['watchtower', 'a', 'b'], value: 1 },
      { path: ['watchtower', 'list'], value: { x: 1 }, inList: true },
    ],
  },
];

it('any JSON with comments takes settings as it says, and is byte for byte as it was without them', () => {
  fc.assert(
    fc.property(document, fc.constantFrom(...edits), (text, edit) => {
      const put = putLayer(text, edit, { entry: undefined, layer: undefined, replaces: false });
      if (put === null || 'problem' in put) throw new Error(JSON.stringify(put));
      const [before, after] = [text, put.text].map((each) => parse(each, [], { allowTrailingComma: true }));
      const { mcpServers, watchtower, ...rest } = after;
      expect(rest).toEqual(before);
      expect(mcpServers ?? watchtower).toBeTruthy();
      const layer: Layer = { ...put.layer, part: 'mcp', agents: ['claude'] };
      const entry = (written: string): LedgerEntry => ({
        path: 'x',
        written,
        madeFolders: [],
        layers: [layer],
        original: { text },
      });
      expect(takeLayer(put.text, entry(digestOf(put.text)), layer)).toEqual({ text });
      const others = { ...entry('another'), original: undefined };
      expect(takeLayer(put.text, others, layer)).toEqual({ text });
      // Also where what stood there before is not known: what it says is the same.
      const taken = takeLayer(put.text, { ...entry('another'), layers: [layer] }, { ...layer, before: null });
      if ('problem' in taken) throw new Error(taken.problem.message);
      expect(parse(taken.text ?? '', [], { allowTrailingComma: true })).toEqual(before);
      const comments = (each = '') => each.match(/\/\* c \*\/|\/\/ c|\/\/ "x"/g)?.length ?? 0;
      expect([comments(put.text), comments(taken.text)]).toEqual([comments(text), comments(text)]);
    }),
    { numRuns: 300 },
  );
});

const tomlLine = fc.oneof(
  fc
    .tuple(
      word,
      fc.oneof(
        fc.integer().map(String),
        fc.string().map((text) => JSON.stringify(text).replaceAll('\u007f', '')),
        fc.constant('[1, 2]'),
      ),
    )
    .map(([key, value]) => `${key} = ${value}`),
  fc.constantFrom('# a comment', '', '   '),
);
const toml = fc
  .tuple(
    fc.array(tomlLine, { maxLength: 6 }),
    fc.uniqueArray(word, { maxLength: 3 }),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([lines, tables, eol, ended]) => {
    const all = [...lines, ...tables.flatMap((name) => [`[table.${name}] # t`, 'a = 1', '# about what follows'])];
    return all.join(eol) + (ended ? eol : '');
  })
  .filter((text) => {
    try {
      parseToml(text);
      return true;
    } catch {
      return false;
    }
  });
const codex: Edit = {
  kind: 'toml',
  settings: [
    { path: ['mcp_servers', 'watchtower'], value: { command: 'watchtower', args: ['mcp'] } },
    { path: ['otel', 'log_user_prompt'], value: false },
  ],
};

it('any TOML takes settings as it says, and is byte for byte as it was without them', () => {
  fc.assert(
    fc.property(toml, (text) => {
      const put = putLayer(text, codex, { entry: undefined, layer: undefined, replaces: true });
      if (put === null || 'problem' in put) throw new Error(JSON.stringify(put));
      const { mcp_servers: servers, otel, ...others } = parseToml(put.text);
      expect(others).toEqual(parseToml(text));
      expect([servers, otel]).toEqual([
        { watchtower: { command: 'watchtower', args: ['mcp'] } },
        { log_user_prompt: false },
      ]);
      const layer: Layer = { ...put.layer, part: 'mcp', agents: ['codex'] };
      const entry: LedgerEntry = {
        path: 'x',
        written: digestOf(put.text),
        madeFolders: [],
        layers: [layer],
        original: { text },
      };
      expect(takeLayer(put.text, entry, layer)).toEqual({ text });
      const taken = takeLayer(put.text, { ...entry, written: 'another' }, { ...layer, before: null });
      if ('problem' in taken) throw new Error(taken.problem.message);
      expect(parseToml(taken.text ?? '')).toEqual(parseToml(text));
    }),
    { numRuns: 300 },
  );
});
