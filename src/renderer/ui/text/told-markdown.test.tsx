// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ToldMarkdown } from './told-markdown';

afterEach(cleanup);

const none: readonly string[] = [];
const show = (text: string, needles = none) => render(<ToldMarkdown text={text} needles={needles} />).container;

describe('Markdown that somebody else wrote', () => {
  it('is shown in its shapes', () => {
    const page = show(
      '# Plan\n\n1. first **now**\n2. `second`\n\n```sh\nnpm test\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> said\n\n- [x] done',
    );
    expect([...page.querySelectorAll('ol > li')].map(({ textContent }) => textContent)).toEqual([
      'first now',
      'second',
    ]);
    expect(page.querySelector('pre')?.textContent).toBe('npm test');
    expect([...page.querySelectorAll('td')].map(({ textContent }) => textContent)).toEqual(['a', 'b', '1', '2']);
    expect(page.querySelector('blockquote')?.textContent).toBe('said');
    expect(page.querySelector('ul')?.textContent).toBe('[x] done');
  });

  it('stays text where it is markup', () => {
    const page = show(
      'a <b onclick="x()">b</b> <script>alert(1)</script>\n\n<iframe src="http://x"></iframe>\n\n<!-- hidden -->',
    );
    expect(page.querySelectorAll('b, script, iframe')).toHaveLength(0);
    for (const text of [
      '<b onclick="x()">',
      '<script>alert(1)</script>',
      '<iframe src="http://x">',
      '<!-- hidden -->',
    ]) {
      expect(page.textContent).toContain(text);
    }
  });

  it('names a picture and fetches none', () => {
    const page = show('![a cat](https://tracker.example/p.png?who=ada)');
    expect(page.querySelectorAll('img, [src], [style]')).toHaveLength(0);
    expect(page.textContent).toBe('image a cat: https://tracker.example/p.png?who=ada');
  });

  it('says where a link leads, as the browser reads it, and follows only those to the web', () => {
    const page = show(
      '[your bank](https://xn--bnk-5cd.example/a) [run](javascript:alert(1)) [mail](mailto:a@b.c) <https://a.example/>',
    );
    const links = [...page.querySelectorAll('a')];
    expect(links.map((link) => [link.textContent, link.href, link.rel, link.target])).toEqual([
      ['your bank', 'https://xn--bnk-5cd.example/a', 'noreferrer noopener', '_blank'],
      ['https://a.example/', 'https://a.example/', 'noreferrer noopener', '_blank'],
    ]);
    expect(page.textContent).toContain('your bank (https://xn--bnk-5cd.example/a)');
    expect(page.textContent).toContain('run (javascript:alert(1))');
  });

  it('leaves nothing out: definitions, marks of direction and control characters stand there', () => {
    expect(show('[a]: http://x.example "t"\n\nx').textContent).toContain('[a]: http://x.example');
    cleanup();
    expect(show('a\u202eb \u001b[31mred').textContent).toBe('a‹U+202E›b red');
  });

  it('nested without end, or endless, is shown as it was written', () => {
    expect(show(`${'> '.repeat(400)}deep`).textContent).toContain('deep');
    cleanup();
    const long = `${'**a** '.repeat(20_000)}end`;
    expect(show(long).querySelectorAll('strong')).toHaveLength(0);
    expect(screen.getByText(/end$/)).toBeTruthy();
  });

  it('has marks read within paragraphs of a length that somebody writes, no longer ones', () => {
    const page = show(`**short**\n\n${'_a'.repeat(15_000)}`);
    expect(page.querySelector('strong')?.textContent).toBe('short');
    expect(page.querySelectorAll('em')).toHaveLength(0);
    expect(page.textContent).toContain('_a_a_a');
  });

  it('marks what is searched for', () => {
    const page = show('Hello *world*, `hello`', ['Hello', 'hello', 'wor']);
    expect([...page.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['Hello', 'wor', 'hello']);
  });
});
