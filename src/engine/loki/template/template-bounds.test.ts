import { expect, test } from 'vitest';
import { compileTemplate } from './compile-template';

function run(template: string): string {
  const result = compileTemplate(template)({ labels: new Map([['a', 'x'.repeat(1000)]]), line: 'line', timeNs: 0n });
  return result.ok
    ? `${result.text.length} characters`
    : result.error.replace(/^.*?: executing "line" at <.*?>: /s, '');
}

const tooLong = /the result is longer than 1048576 characters$/;

test.each([
  '{{ repeat 1000000 .a }}',
  '{{ repeat 1000 (repeat 1000 (repeat 1000 "x")) }}',
  '{{ repeat 900000 "x" }}{{ repeat 900000 "x" }}',
  '{{ indent 900000000 .a }}',
  '{{ nindent 900000000 "x" }}',
  '{{ alignLeft 900000000 .a }}',
  '{{ alignRight 900000000 .a }}',
  '{{ printf "%900000000d" 1 }}',
  '{{ printf "%-*s" 900000000 "x" }}',
  '{{ printf "%.900000000f" 1.5 }}',
  '{{ replace "x" (repeat 2000 "y") .a }}',
  '{{ Replace .a "" (repeat 2000 "y") -1 }}',
  '{{ regexReplaceAll "x" .a (repeat 2000 "y") }}',
  '{{ $x := repeat 1000000 "x" }}{{ print $x $x }}',
  '{{ $x := repeat 1000000 "x" }}{{ range $i, $e := fromJson "[1,2,3]" }}{{ $x }}{{ end }}',
])('%s is refused before its text is made', (template) => {
  expect(run(template)).toMatch(tooLong);
});

test.each(['{{ range $i := 1000000000 }}{{ end }}', '{{ range $i := 1000 }}{{ range $j := 1000 }}{{ end }}a{{ end }}'])(
  '%s ends',
  (template) => {
    expect(run(template)).toMatch(/more than 100000 steps$/);
  },
);

test('a text below the bound is made', () => {
  expect(run('{{ repeat 1000 .a }}')).toBe('1000000 characters');
});

test.each(['{{ regexReplaceAll "b" $x "z" }}', '{{ regexReplaceAllLiteral "b" $x "z" }}', '{{ count "b" $x }}'])(
  '%s of a text that is too long for it is refused with the bound',
  (template) => {
    expect(run(`{{ $x := repeat 600 .a }}${template}`)).toMatch(/up to 524288 characters here, not 600000$/);
    expect(run(`{{ $x := repeat 500 .a }}${template}`)).toMatch(/characters$/);
  },
);
