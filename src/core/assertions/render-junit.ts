import type { CaseVerdict, Verdict } from './verdict';

/**
 * The verdicts in the XML of JUnit: a suite for each case, a test for each expectation; what could not be judged is an error, not a
 * failure. `at` is Unix milliseconds of the start.
 */
export function renderJunit(verdicts: readonly CaseVerdict[], at: number): string {
  const all = verdicts.flatMap((each) => each.verdicts);
  const tookMs = verdicts.reduce((sum, each) => sum + each.tookMs, 0);
  const suites = verdicts.map((each) => renderSuite(each, at)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="watchtower assert"${counts(all)} time="${seconds(tookMs)}">\n${suites}</testsuites>\n`;
}

function renderSuite({ name, verdicts, tookMs }: CaseVerdict, at: number): string {
  const timestamp = new Date(at).toISOString().slice(0, 19);
  const tests = verdicts.map((verdict) => renderTest(verdict, name)).join('');
  return `  <testsuite name="${escape(name)}"${counts(verdicts)} skipped="0" time="${seconds(tookMs)}" timestamp="${timestamp}">\n${tests}  </testsuite>\n`;
}

function renderTest(verdict: Verdict, suite: string): string {
  const { expected, place, tookMs, state } = verdict;
  const head = `    <testcase name="${escape(expected)}" classname="${escape(suite)}" file="${escape(place.file)}" line="${place.line}" time="${seconds(tookMs)}"`;
  if (state === 'met') return `${head}/>\n`;
  const tag = state === 'unmet' ? 'failure' : 'error';
  const [first] = verdict.failures;
  const text = [
    ...verdict.failures.flatMap(({ message, nearest }) => [message, ...nearest.map((each) => `  ${each}`)]),
    ...verdict.seen,
  ].join('\n');
  return `${head}>\n      <${tag} type="${escape(first?.rule ?? state)}" message="${escape(first?.message ?? '')}">${escape(text)}</${tag}>\n    </testcase>\n`;
}

function counts(verdicts: readonly Verdict[]): string {
  const of = (state: Verdict['state']) => verdicts.filter((each) => each.state === state).length;
  return ` tests="${verdicts.length}" failures="${of('unmet')}" errors="${of('refused')}"`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// XML has no way to write these, not even escaped.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this replaces
const unwritable =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escape(text: string): string {
  return text
    .replace(unwritable, '\ufffd')
    .replace(/[&<>"]/g, (found) => escapes[found]!)
    .replace(/[\n\r\t]/g, (found) => `&#${found.charCodeAt(0)};`);
}
