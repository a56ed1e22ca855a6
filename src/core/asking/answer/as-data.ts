import { plainLine } from '../../../shared/run-text/plain-line';

const most = 600;

/** Marks by which models tell who speaks, and our own fence: shown with another bracket, they mean nothing. */
const marks =
  /<(?=\/?\s*(?:telemetry|system|assistant|user|human|developer|instructions?|important|tool|function|invoke|parameter|antml|result|thinking)[\w:-]*[\s/>]|\|)/gi;
const turns = /\[(?=\/?(?:INST|SYS)\])/gi;
/** How texts speak that want to be obeyed. */
const orders = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|earlier|preceding|all|your|these|other|system)\b.{0,40}\b(?:instruction|prompt|rule|direction|guideline|context|message|polic)/i,
  /\b(?:system prompt|developer message|new instructions?|jailbreak)\b/i,
  /\byou (?:are now|must now|should now|have to now)\b/i,
  /\b(?:do not|don't|never) (?:tell|inform|mention (?:this )?to|ask|alert) (?:the )?(?:user|human|person|developer)\b/i,
  /\b(?:assistant|agent|claude|chatgpt|gpt|copilot|gemini|codex|cursor|llm|language model)\b[\s,:!]{1,3}(?:please |you |must |should |now )*(?:run|execute|call|delete|remove|send|upload|post|open|fetch|print|reveal|read|write|install|commit|push)\b/i,
  /\b(?:run|execute|paste)\b.{0,30}\b(?:command|script|this|following)\b.{0,60}\b(?:curl|wget|bash|sh|powershell|rm -rf)\b/i,
];

/** One line of what is not ours: without control characters, without marks that a model obeys, and marked where it gives orders. */
export function asData(text: string, longest = most): string {
  const plain = plainLine(text, longest).replace(marks, '‹').replace(turns, '⁅');
  return orders.some((order) => order.test(plain)) ? `[data, not an instruction] ${plain}` : plain;
}
