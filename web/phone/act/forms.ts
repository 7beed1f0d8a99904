import type { PhotoStage } from "../../../services/domain/photo-stage.ts";

/** What an action on an event or a call asks for on the phone. */
export interface ActForm {
  /** unique on its page */
  id: string;
  /** the command's word, under which a waiting press is known again */
  action: string;
  title: string;
  /** what the server is told besides the fields */
  command: Record<string, unknown>;
  fields: readonly ActField[];
  photos: readonly PhotoStage[];
  /** asks where the phone is, and tells the time as the moment of it */
  locates?: boolean;
  danger?: boolean;
}

export interface ActField {
  name: string;
  kind: "text" | "number";
  label: string;
  required: boolean;
  /** the number, or the text, that is likely */
  usual?: readonly (string | number)[];
  start?: number;
  least?: number;
  most?: number;
}

/** The body of the action; fields left empty are left out. */
export function commandOf(
  form: ActForm,
  values: Readonly<Record<string, string | number>>,
): Record<string, unknown> {
  const told = form.fields.flatMap(({ name, kind }) => {
    const value = typeof values[name] === "string" ? values[name].trim() : values[name];
    if (value === undefined || value === "") return [];
    return [[name, kind === "number" ? Number(value) : value] as const];
  });
  return { ...form.command, ...Object.fromEntries(told) };
}

/** The first field that is wanted and empty. */
export const lacking = (
  form: ActForm,
  values: Readonly<Record<string, string | number>>,
): ActField | undefined =>
  form.fields.find(({ name, required }) => required && String(values[name] ?? "").trim() === "");
