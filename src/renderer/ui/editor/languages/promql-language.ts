import { LRLanguage } from '@codemirror/language';
import { parser } from '@prometheus-io/lezer-promql';

/** Its grammar says itself what is a function, a label, a modifier. */
export const promqlLanguage = LRLanguage.define({ parser });
