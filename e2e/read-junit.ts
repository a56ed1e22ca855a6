/** The outcome of each test of a JUnit file. Throws on what is not well-formed, or not as JUnit's readers expect it. */
export interface Suite {
  name: string;
  tests: { name: string; outcome: 'passed' | 'failure' | 'error'; text: string }[];
}

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** Attributes that must be there, and those that may. */
const shapes: Record<string, { within: string; needs: string[]; may: string[]; holds: string[] }> = {
  testsuites: { within: '', needs: ['tests', 'failures', 'errors', 'time'], may: ['name'], holds: ['testsuite'] },
  testsuite: {
    within: 'testsuites',
    needs: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'],
    may: [],
    holds: ['testcase'],
  },
  testcase: {
    within: 'testsuite',
    needs: ['name', 'classname', 'time'],
    may: ['file', 'line'],
    holds: ['failure', 'error'],
  },
  failure: { within: 'testcase', needs: ['type', 'message'], may: [], holds: [] },
  error: { within: 'testcase', needs: ['type', 'message'], may: [], holds: [] },
};

export function readJunit(xml: string): Suite[] {
  const root = parse(xml);
  check(root, '');
  const suites = root.children.map((suite) => {
    const tests = suite.children.map((test) => {
      const [problem] = test.children;
      const outcome = (problem?.name ?? 'passed') as Suite['tests'][number]['outcome'];
      return { name: test.attributes.name!, outcome, text: problem?.text ?? '' };
    });
    expectCounts(suite, tests);
    return { name: suite.attributes.name!, tests };
  });
  expectCounts(
    root,
    suites.flatMap(({ tests }) => tests),
  );
  return suites;
}

function expectCounts({ name, attributes }: Element, tests: Suite['tests']): void {
  const counted = {
    tests: tests.length,
    failures: tests.filter(({ outcome }) => outcome === 'failure').length,
    errors: tests.filter(({ outcome }) => outcome === 'error').length,
  };
  for (const [key, count] of Object.entries(counted)) {
    if (attributes[key] !== String(count))
      throw new Error(`${name} says ${key}=${attributes[key]}, there are ${count}`);
  }
}

function check({ name, attributes, children, text }: Element, within: string): void {
  const shape = shapes[name];
  if (!shape || shape.within !== within) throw new Error(`${name} does not belong into ${within || 'a document'}`);
  for (const key of shape.needs) if (!(key in attributes)) throw new Error(`${name} has no ${key}`);
  for (const key of Object.keys(attributes)) {
    if (!shape.needs.includes(key) && !shape.may.includes(key)) throw new Error(`${name} has ${key}`);
  }
  if ('time' in attributes && !/^\d+\.\d{3}$/.test(attributes.time!)) throw new Error(`time is ${attributes.time}`);
  if ('timestamp' in attributes && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(attributes.timestamp!))
    throw new Error(`timestamp is ${attributes.timestamp}`);
  if (shape.holds.length > 0 && text.trim() !== '') throw new Error(`${name} holds text`);
  if (name === 'testcase' && children.length > 1) throw new Error('a test has two outcomes');
  for (const child of children) check(child, name);
}

/** The few constructs of XML that are written; everything else is an error. */
function parse(xml: string): Element {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(head)) throw new Error('it has no declaration');
  if (Array.from(xml).some(isNoCharacter)) throw new Error('a character that XML has not');
  const top: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const token = /<\/([a-z]+)>|<([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/y;
  token.lastIndex = head.length;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const found = token.exec(xml);
    if (!found) throw new Error(`not well-formed: ${xml.slice(at, at + 80)}`);
    const [, closes, opens, attributes = '', empty, text] = found;
    const current = open.at(-1)!;
    if (text !== undefined) current.text += unescapeXml(text);
    else if (closes !== undefined) {
      if (open.pop()!.name !== closes) throw new Error(`</${closes}> closes another`);
    } else {
      const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(
        ([, key, value]) => [key!, unescapeXml(value!)] as const,
      );
      const element: Element = { name: opens!, attributes: Object.fromEntries(pairs), children: [], text: '' };
      if (pairs.length !== Object.keys(element.attributes).length) throw new Error('an attribute twice');
      current.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  if (open.length !== 1 || top.children.length !== 1) throw new Error('not one document');
  return top.children[0]!;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function unescapeXml(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|#\d+);)/.test(text) || text.includes(']]>')) throw new Error(`not well-formed: ${text}`);
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) =>
    code ? String.fromCharCode(Number(code)) : entities[name]!,
  );
}

function isNoCharacter(character: string): boolean {
  const code = character.codePointAt(0)!;
  return (
    (code < 0x20 && !'\t\n\r'.includes(character)) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfffe ||
    code === 0xffff
  );
}
