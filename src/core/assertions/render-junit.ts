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
  return `  <testsuite name="${escapeXml(name)}"${counts(verdicts)} skipped="0" time="${seconds(tookMs)}" timestamp="${timestamp}">\n${tests}  </testsuite>\n`;
}

function renderTest(verdict: Verdict, suite: string): string {
  const { expected, place, tookMs, state } = verdict;
  const head = `    <testcase name="${escapeXml(expected)}" classname="${escapeXml(suite)}" file="${escapeXml(place.file)}" line="${place.line}" time="${seconds(tookMs)}"`;
  if (state === 'met') return `${head}/>\n`;
  const tag = state === 'unmet' ? 'failure' : 'error';
  const [first] = verdict.failures;
  const text = [
    ...verdict.failures.flatMap(({ message, nearest }) => [message, ...nearest.map((each) => `  ${each}`)]),
    ...verdict.seen,
  ].join('\n');
  return `${head}>\n      <${tag} type="${escapeXml(first?.rule ?? state)}" message="${escapeXml(first?.message ?? '')}">${escapeXml(text)}</${tag}>\n    </testcase>\n`;
}

function counts(verdicts: readonly Verdict[]): string {
  const of = (state: Verdict['state']) => verdicts.filter((each) => each.state === state).length;
  return ` tests="${verdicts.length}" failures="${of('unmet')}" errors="${of('refused')}"`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML has no way to write these, not even escaped. */
function isWritable(character: string): boolean {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

function escapeXml(text: string): string {
  return Array.from(text, (character) => (isWritable(character) ? character : '\ufffd'))
    .join('')
    .replace(/[&<>"]/g, (found) => escapes[found]!)
    .replace(/[\n\r\t]/g, (found) => `&#${found.charCodeAt(0)};`);
}
