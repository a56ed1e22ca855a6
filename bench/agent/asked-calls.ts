import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';
import type { Core } from '../../src/core/create-core';
import type { Ask } from './incident';

const tokenizer = new Tiktoken(o200k);

export interface Call {
  readonly question: string;
  readonly answer: string;
  /** Of question and answer, o200k. */
  readonly tokens: number;
}

/** Calls of the tools as an agent makes them, counted. One that is refused is a mistake of who asks. */
export class AskedCalls {
  readonly calls: Call[] = [];

  constructor(private readonly client: Core['client']) {}

  get tokens(): number {
    return this.calls.reduce((sum, { tokens }) => sum + tokens, 0);
  }

  readonly ask: Ask = async (tool, args) => {
    const { text, refused } = await this.client.asking.ask({ tool, arguments: { ...args } as never });
    const question = `${tool} ${JSON.stringify(args)}`;
    if (refused) throw new Error(`${question} was refused: ${text}`);
    this.calls.push({ question, answer: text, tokens: countTokens(question) + countTokens(text) });
    return text;
  };
}

export function countTokens(text: string): number {
  return tokenizer.encode(text).length;
}
