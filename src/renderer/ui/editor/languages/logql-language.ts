import { LRLanguage } from '@codemirror/language';
import { parser } from '@grafana/lezer-logql';
import { styleTags, tags } from '@lezer/highlight';

export const logqlLanguage = LRLanguage.define({
  parser: parser.configure({
    props: [
      styleTags({
        LineComment: tags.comment,
        String: tags.string,
        'Number Duration Bytes': tags.number,
        'Identifier LabelName': tags.propertyName,
        'Eq Neq Re Nre Gtr Gte Lss Lte Eql Add Sub Mul Div Mod Pow': tags.operator,
        'Pipe PipeExact PipeMatch PipePattern Npa': tags.operator,
        'RangeOp/... VectorOp/... ConvOp/... LabelReplace Vector': tags.keyword,
        'Json Logfmt Unpack Pattern Regexp Unwrap LabelFormat LineFormat Decolorize Drop Keep': tags.keyword,
        'By Without And Or Unless On Ignoring GroupLeft GroupRight Offset Bool Ip ParserFlag': tags.keyword,
      }),
    ],
  }),
});
