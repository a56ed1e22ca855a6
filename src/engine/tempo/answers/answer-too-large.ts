/** The query asks for more than may be held in memory for one answer; the message says what and how much. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}
