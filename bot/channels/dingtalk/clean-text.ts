const LINE_BREAKS = /\r\n?|\u2028|\u2029|\u0085/g;
/** All control characters but tab and line feed. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const HALF_SURROGATES = /\p{Surrogate}/gu;

/**
 * What a phone sent, as something every database can hold: PostgreSQL refuses NUL and half
 * surrogates, and a message must not be lost for one of them.
 */
export const cleanText = (text: string): string =>
  text.replace(LINE_BREAKS, "\n").replace(CONTROLS, "").replace(HALF_SURROGATES, "\ufffd");
