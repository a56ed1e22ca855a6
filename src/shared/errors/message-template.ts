import { normalizeLine } from '../shapes/normalize-line';
import { remembered } from '../shapes/remembered';

/** What these say in quotes are names of the code, which tell one error from another. */
const ofCode =
  /(?:^|\.)(?:TypeError|ReferenceError|SyntaxError|AttributeError|NameError|ImportError|ModuleNotFoundError|KeyError|NoMethodError|UnboundLocalError|NullPointerException|ClassCastException|NoSuchMethodError|ClassNotFoundException|NoClassDefFoundError|KeyNotFoundException)$/;
const identifier = /^[\p{L}_$][\w$.[\]()\s]{0,60}$/u;
const quoted = /(?<=^|[\s([{=:,])(["'`“«])(?!\s)([^\n]{0,200}?)(?<!\s)["'`”»](?=$|[\s)\]},.;:!?])/gu;

/**
 * The template of an error's message: as of a log line, and what stands in quotes is `<*>` too, but for names of the code where the
 * type says that they are.
 */
export function messageTemplate(type: string, message: string): string {
  const start =
    message.length > mostRead && !message.trimStart().startsWith('{') ? message.slice(0, mostRead) : message;
  if (!anyQuote.test(start)) return normalizeLine(start);
  return ofCode.test(type) ? ofCodes(start) : ofData(start);
}

const mostRead = 4096;
const anyQuote = /["'`“«]/;
const ofData = remembered((message) => normalizeLine(maskQuoted(message, () => false)));
const ofCodes = remembered((message) => normalizeLine(maskQuoted(message, (text) => identifier.test(text))));

function maskQuoted(message: string, keeps: (text: string) => boolean): string {
  if (message.trimStart().startsWith('{')) return message;
  return message.replace(quoted, (whole: string, _mark: string, text: string) => (keeps(text) ? whole : '<*>'));
}
