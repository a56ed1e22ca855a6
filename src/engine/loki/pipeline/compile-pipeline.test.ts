import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it, test } from 'vitest';
import { parseSelection } from '../logql/parse-logql';
import { compilePipeline } from './compile-pipeline';
import { LogLabels } from './log-labels';

function run(pipeline: string, line: string, metadata: Record<string, string> = {}) {
  const labels = new LogLabels(new Map([['app', 'shop']]), new Map(Object.entries(metadata)));
  const result = compilePipeline(parseSelection(`{app="shop"} ${pipeline}`).stages)(
    line,
    labels,
    1_790_000_000_123_456_789n,
  );
  return { line: result, labels: Object.fromEntries(labels.parsedLabels()) };
}

test.each<[string, string, Record<string, string>]>([
  ['| json', '{"a":1,"b":{"c":"x","d e":true},"e":[1],"f":null}', { a: '1', b_c: 'x', b_d_e: 'true' }],
  [
    '| json',
    '{"n":1.50,"big":12345678901234567890,"neg":-2e3}',
    { n: '1.50', big: '12345678901234567890', neg: '-2e3' },
  ],
  ['| json', '{"1a":"x","a-b":"y","é":"z"}', { _1a: 'x', a_b: 'y', _: 'z' }],
  ['| json', '{"a":"line\\nbreak \\u00e9 \\"q\\""}', { a: 'line\nbreak é "q"' }],
  ['| json', '{"a":"first","a":"second"}', { a: 'first' }],
  ['| json', '{"app":"other"}', { app_extracted: 'other' }],
  [
    '| json x="b.c", y="l[1].z", w=`["d e"]`',
    '{"b":{"c":{"k":1}},"l":[0,{"z":"deep"}],"d e":5}',
    { x: '{"k":1}', y: 'deep', w: '5' },
  ],
  ['| json x="no.such"', '{"a":1}', { x: '' }],
  ['| json | logfmt', 'a=1', { __error__: 'JSONParserErr', __error_details__: expect.any(String), a: '1' } as never],
  ['| logfmt', 'a=1 b="two words" c= d e="q\\"q" =x f=1', { a: '1', b: 'two words', e: 'q"q', f: '1' }],
  ['| logfmt --keep-empty', 'a= b', { a: '', b: '' }],
  ['| logfmt', 'a=b=c d=1 e="open', { d: '1' }],
  ['| logfmt a, x=`"b.c"`', 'a=1 b.c=2 z=3', { a: '1', x: '2' }],
  ['| regexp `(?P<verb>\\w+) (?P<path>\\S+)( (?P<none>x))?`', 'GET /a', { verb: 'GET', path: '/a', none: '' }],
  ['| pattern `<ip> - <_> "<verb> <path>"`', '1.2.3.4 - ann "GET /a"', { ip: '1.2.3.4', verb: 'GET', path: '/a' }],
  ['| unpack', '{"a":"1","_entry":"the line"}', { a: '1' }],
  ['| logfmt | label_format b=a', 'a=1', { b: '1' }],
  ['| logfmt | label_format c="{{.a}}+{{.b}}", d="{{.c}}"', 'a=1 b=2', { a: '1', b: '2', c: '1+2', d: '' }],
  ['| logfmt | drop a', 'a=1 b=2', { b: '2' }],
  ['| logfmt | drop a="2"', 'a=1 b=2', { a: '1', b: '2' }],
  ['| logfmt | keep b', 'a=1 b=2', { b: '2' }],
  ['| json | drop __error__, __error_details__', 'nope', {}],
  [
    '| logfmt | a > 5',
    'a=x',
    { a: 'x', __error__: 'LabelFilterErr', __error_details__: 'strconv.ParseFloat: parsing "x": invalid syntax' },
  ],
])('%s on %s', (pipeline, line, labels) => {
  expect(run(pipeline, line).labels).toEqual(labels);
});

test.each<[string, string]>([
  ['| logfmt --strict', 'a=b=c d=1'],
  ['| logfmt --strict', 'a="open'],
  ['| json', '[1]'],
  ['| json', '{"a":1'],
  ['| json', ''],
])('%s marks %j with its error', (pipeline, line) => {
  const { __error__: error } = run(pipeline, line).labels;
  expect(error).toBe(pipeline === '| json' ? 'JSONParserErr' : 'LogfmtParserErr');
});

test.each<[string, string]>([
  ['{{.a}}', '1'],
  ['{{ .a | printf "%03s" }}', '001'],
  ['{{ printf "%5.1f|%-4s|%d|%q" 2.345 .b 7 .b }}', '  2.3|two |7|"two"'],
  ['{{ if and (eq .a "1") (ne .b "x") }}yes{{ else if .c }}c{{ else }}no{{ end }}', 'yes'],
  ['{{ if or .none (contains "w" .b) }}y{{ end }}', 'y'],
  ['{{ with .b }}<{{ . }}>{{ end }}{{ with .none }}never{{ else }}none{{ end }}', '<two>none'],
  ['{{ $x := .b }}{{ $x | upper }}', 'TWO'],
  ['{{- .a -}}   {{- .b }}', '1two'],
  ['{{ range $x := fromJson .j }}.{{ end }}', '...'],
  ['{{ (fromJson .j2).k }}', 'v'],
  [
    '{{ add 1 2 3 }} {{ sub 5 2 }} {{ mul 2 3 }} {{ div 7 2 }} {{ mod 7 4 }} {{ divf 7 2 }} {{ round 2.345 2 }} {{ max 1 3 2 }}',
    '6 3 6 3 3 3.5 2.35 3',
  ],
  [
    '{{ trunc 2 .b }} {{ trunc -2 .b }} {{ substr 1 2 .b }} {{ repeat 2 .b }} {{ title "ab cd" }}',
    'tw wo w twotwo Ab Cd',
  ],
  ['{{ alignLeft 5 .b }}|{{ alignRight 5 .b }}|{{ alignRight 2 .b }}', 'two  |  two|wo'],
  [
    '{{ regexReplaceAll "(t)(w)" .b "$2$1-" }} {{ regexReplaceAllLiteral "t" .b "$1" }} {{ count "[tw]" .b }}',
    'wt-o $1wo 2',
  ],
  ['{{ Replace .b "o" "0" -1 }} {{ TrimPrefix .b "t" }} {{ trimSuffix "o" .b }} {{ trimAll "to" .b }}', 'tw0 wo tw w'],
  ['{{ urlencode "a b&c" }} {{ urldecode "a+b%26c" }} {{ b64enc .b }} {{ b64dec "dHdv" }}', 'a+b%26c a b&c dHdv two'],
  [
    '{{ default "d" .none }} {{ len .b }} {{ hasPrefix "t" .b }} {{ bytes "2KB" }} {{ duration "1m30s" }}',
    'd 3 true 2000 90',
  ],
  [
    '{{ __timestamp__ | date "Mon 02 Jan 2006 15:04:05.000 MST" }} {{ __timestamp__ | unixEpochMillis }}',
    'Mon 21 Sep 2026 14:13:20.123 UTC 1790000000123',
  ],
  ['{{/* a comment */}}{{ __line__ | len }}', '45'],
])('line_format %s', (template, expected) => {
  const line = 'a=1 b=two j="[1,2,3]" j2="{\\"k\\":\\"v\\"}" xyz=';
  expect(run(`| logfmt | line_format ${JSON.stringify(template)}`, line).line).toBe(expected);
});

test('a template that fails keeps the line and leaves its error', () => {
  const result = run('| line_format "{{ div 1 0 }}"', 'the line');
  expect(result).toEqual({
    line: 'the line',
    labels: {
      __error__: 'TemplateFormatErr',
      __error_details__:
        'template: line:1:3: executing "line" at <div 1 0>: error calling div: runtime error: integer divide by zero',
    },
  });
});

test('metadata keeps its name and a parsed label of that name gets another', () => {
  expect(run('| logfmt', 'trace_id=b', { trace_id: 'a' }).labels).toEqual({ trace_id_extracted: 'b' });
});

test.each<[string, boolean]>([
  ['client 10.0.0.7:80', true],
  ['from [2001:db8::1]:443', true],
  ['at 12:30:45 from 192.168.1.1', false],
  ['1110.0.0.7', false],
])('an address of 10.0.0.0/8 or 2001:db8::/32 in %j: %s', (line, found) => {
  const passes = run('|= ip("10.0.0.0/8")', line).line !== null || run('|= ip("2001:db8::/32")', line).line !== null;
  expect(passes).toBe(found);
});

describe('decolorize', () => {
  const strip = (line: string) =>
    compilePipeline([{ kind: 'decolorize' }])(line, new LogLabels(new Map(), new Map()), 0n);
  /** Loki's own expression, which RE2 runs in time by the line's length. */
  const lokis = RE2JS.compile(
    '[\\x{001B}\\x{009B}][[\\]()#;?]*(?:(?:(?:[a-zA-Z\\d]*(?:;[a-zA-Z\\d]*)*)?\\x{0007})|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PRZcf-ntqry=><~]))',
  );

  it('takes away what Loki does', () => {
    const piece = fc.constantFrom('\u001b', '\u009b', '\u0007', ...'[]()#;?059aAmKZz=>~ !');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const line = pieces.join('');
        expect(strip(line)).toBe(lokis.matcher(line).replaceAll(''));
      }),
      { numRuns: 5000 },
    );
  });

  it('looks at each character of a hostile line a few times only', () => {
    // Tried from each of its characters, a line of this length takes hours.
    const line = `\u001b${';'.repeat(1_000_000)}!`;
    expect(strip(line)).toBe(line);
  });
});
