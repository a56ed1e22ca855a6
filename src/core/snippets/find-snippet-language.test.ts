import { describe, expect, it } from 'vitest';
import { findSnippetLanguage } from './find-snippet-language';
import { snippetLanguages } from './snippet-languages';

const idOf = (asked: string) => {
  const found = findSnippetLanguage(asked);
  return 'language' in found ? found.language.id : found.problem.hint;
};

describe('findSnippetLanguage', () => {
  it('knows a language by the names that people have for it', () => {
    const names = {
      nodejs: ['nodejs', 'node', 'Node.js', 'NODE-JS', 'js', 'ts', 'TypeScript', 'express'],
      go: ['go', 'Go', 'golang'],
      dotnet: ['.NET', 'dotnet', 'C#', 'c-sharp', 'csharp', 'asp.net', 'F#'],
      'docker-compose': ['docker', 'Docker Compose', 'docker_compose', 'compose'],
      kubernetes: ['k8s', 'Kubernetes'],
      python: ['py', 'Python3', 'FastAPI'],
      rust: ['rs', ' rust '],
    };
    for (const [id, asked] of Object.entries(names))
      for (const name of asked) expect([name, idOf(name)]).toEqual([name, id]);
  });

  it('has no name that means two languages', () => {
    const names = snippetLanguages.flatMap(({ id, aliases }) => [id.replace('-', ''), ...aliases]);
    expect(names).toEqual([...new Set(names)]);
    for (const { id, title, aliases } of snippetLanguages)
      for (const name of [id, title, ...aliases]) expect([name, idOf(name)]).toEqual([name, id]);
  });

  it('asks whether the nearest was meant, and lists all', () => {
    const typos = {
      pyhton: 'python',
      ndoe: 'nodejs',
      jvaa: 'java',
      rubby: 'ruby',
      kuberntes: 'kubernetes',
      dokcer: 'docker-compose',
    };
    for (const [typed, meant] of Object.entries(typos))
      expect(idOf(typed)).toMatch(`Did you mean ${meant}? Known: python`);
    expect(idOf('pyhton')).toContain(snippetLanguages.map(({ id }) => id).join(', '));
  });

  it('guesses nothing for a language that is none of them', () => {
    for (const other of ['cobol', 'perl', 'swift', 'c++', 'c', 'r', 'haskell', 'elixir', '', '  ', 'a'.repeat(300)])
      expect([other, idOf(other)]).toEqual([other, expect.stringMatching(/^Known: python/)]);
  });
});
