/** So many signs of a summary must stand in the message or in the name of its category. */
const FROM_THE_MESSAGE = 0.5;
/** So many signs in a row of what the model was told, and it repeats its orders. */
const REPEATED = 8;

/**
 * Whether a summary only says what the message says. It is shown to people, so that a model that was
 * led astray must not get its orders, a number or a story of its own into it.
 *
 * @param told - what the model was told besides the message
 */
export function isGrounded(
  summary: string,
  message: string,
  categoryName: string,
  told: string,
): boolean {
  const known = new Set(`${message}${categoryName}`);
  const words = [...summary].filter((sign) => /[\p{L}\p{N}]/u.test(sign));
  if (words.length === 0) return false;
  const numbers = summary.match(/\d{3,}|[A-Za-z]{4,}/g) ?? [];
  if (numbers.some((number) => !message.includes(number))) return false;
  if (repeats(summary, told, message)) return false;
  return words.filter((sign) => known.has(sign)).length / words.length >= FROM_THE_MESSAGE;
}

function repeats(summary: string, told: string, message: string): boolean {
  for (let at = 0; at + REPEATED <= summary.length; at++) {
    const run = summary.slice(at, at + REPEATED);
    if (told.includes(run) && !message.includes(run)) return true;
  }
  return false;
}
