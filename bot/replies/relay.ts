/** An answer for a resident, handed to whoever passed their words on, to be pasted. */
export const toPaste = (name: string | null, text: string): string =>
  `【请转告${name ?? "报事人"}】下面的话可直接复制:\n${text}`;
