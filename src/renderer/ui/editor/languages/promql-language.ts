import { LRLanguage } from '@codemirror/language';
import { styleTags, tags } from '@lezer/highlight';
import { parser } from '@prometheus-io/lezer-promql';

export const promqlLanguage = LRLanguage.define({
  parser: parser.configure({
    props: [
      styleTags({
        LineComment: tags.comment,
        StringLiteral: tags.string,
        'NumberDurationLiteral NumberDurationLiteralInDurationContext': tags.number,
        Identifier: tags.variableName,
        'LabelName QuotedLabelName': tags.propertyName,
        'EqlSingle EqlRegex NeqRegex Eql Neq Gtr Gte Lss Lte Add Sub Mul Div Mod Pow At': tags.operator,
        'FunctionIdentifier/... AggregateOp/...': tags.keyword,
        'By Without And Or Unless On Ignoring GroupLeft GroupRight Offset Bool Atan2': tags.keyword,
      }),
    ],
  }),
});
