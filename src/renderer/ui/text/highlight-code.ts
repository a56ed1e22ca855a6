import { createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { loadPart } from '../../client/loading/load-part';

export interface CodeToken {
  text: string;
  /** Position in the code, characters. */
  offset: number;
  /** CSS colour for both themes. */
  colour: string;
}

type LanguageModule = typeof import('shiki/langs/bash.mjs');

/** Each loads when it is first asked for. */
const grammars: Record<string, () => Promise<LanguageModule>> = {
  bash: () => import('shiki/langs/bash.mjs'),
  csharp: () => import('shiki/langs/csharp.mjs'),
  docker: () => import('shiki/langs/docker.mjs'),
  dotenv: () => import('shiki/langs/dotenv.mjs'),
  fish: () => import('shiki/langs/fish.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  ini: () => import('shiki/langs/ini.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  jsonc: () => import('shiki/langs/jsonc.mjs'),
  php: () => import('shiki/langs/php.mjs'),
  powershell: () => import('shiki/langs/powershell.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  ruby: () => import('shiki/langs/ruby.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  xml: () => import('shiki/langs/xml.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
};
const otherNames: Record<string, string> = {
  sh: 'bash',
  shell: 'bash',
  zsh: 'bash',
  cs: 'csharp',
  dockerfile: 'docker',
  js: 'javascript',
  mjs: 'javascript',
  ts: 'typescript',
  env: 'dotenv',
  ps1: 'powershell',
  yml: 'yaml',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
};

const light = 'github-light-high-contrast';
const dark = 'github-dark-high-contrast';

let highlighter: Promise<HighlighterCore> | undefined;

/** Lines of coloured tokens. Runs without WebAssembly and without eval, as the content security policy demands. */
export async function highlightCode(code: string, syntax: string): Promise<CodeToken[][]> {
  const name = otherNames[syntax] ?? syntax;
  const grammar = grammars[name];
  highlighter ??= makeHighlighter();
  const shiki = await highlighter.catch((error) => {
    highlighter = undefined;
    throw error;
  });
  if (grammar && !shiki.getLoadedLanguages().includes(name)) await shiki.loadLanguage(await loadPart(grammar));
  const lines = shiki.codeToTokensWithThemes(code, { lang: grammar ? name : 'text', themes: { light, dark } });
  // An empty line gets an empty token, so that every line has an offset of its own.
  const starts = lineStarts(code);
  return lines.map((tokens, index) =>
    tokens.length === 0
      ? [{ text: '', offset: starts[index] ?? 0, colour: 'inherit' }]
      : tokens.map(({ content, offset, variants }) => ({
          text: content,
          offset,
          colour: `light-dark(${variants.light?.color ?? 'inherit'}, ${variants.dark?.color ?? 'inherit'})`,
        })),
  );
}

async function makeHighlighter(): Promise<HighlighterCore> {
  const themes = await Promise.all([
    loadPart(() => import('shiki/themes/github-light-high-contrast.mjs')),
    loadPart(() => import('shiki/themes/github-dark-high-contrast.mjs')),
  ]);
  return createHighlighterCore({ themes, engine: createJavaScriptRegexEngine({ forgiving: true }) });
}

function lineStarts(code: string): number[] {
  let at = 0;
  return code.split(/(?<=\n)/).map((line) => {
    const start = at;
    at += line.length;
    return start;
  });
}
