import type { View } from "./api.ts";
import { department, reportTime, type Said, stateSaid } from "./sentences.ts";
import { words } from "./words.ts";

/** What can be seen and pressed. */
export interface Controls {
  show(view: View): void;
  say(said: Said): void;
  hint(text: string | null): void;
  /** something is under way; the button says what */
  busy(text: string): void;
  ready(): void;
  headcount(): number;
  suggestHeadcount(people: number): void;
  /** @param name - null: none */
  photoTaken(name: string | null): void;
  onPress(press: () => void): void;
  onPhoto(taken: (file: File) => void): void;
}

const MOST_PEOPLE = 999;

export function bind(document: Document): Controls {
  const element = (id: string): HTMLElement => {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`The page has no #${id}.`);
    return found;
  };
  const write = (id: string, text: string) => {
    element(id).textContent = text;
  };
  const button = element("press");
  const picture = element("photo") as HTMLInputElement;
  let people = 1;
  const count = (next: number) => {
    people = Math.min(MOST_PEOPLE, Math.max(1, next));
    write("headcount", String(people));
  };
  element("fewer").addEventListener("click", () => count(people - 1));
  element("more").addEventListener("click", () => count(people + 1));

  const say = (said: Said | null) => {
    const notice = element("answer");
    notice.hidden = said === null;
    notice.className = `notice ${said?.tone ?? ""}`;
    notice.textContent = said?.text ?? "";
    element("loading").hidden = true;
  };

  return {
    show(view) {
      write("no", view.emergency ? `${view.no} ${words.emergency}` : view.no);
      write("cause", view.cause);
      write("place", view.place ?? words.seeCause);
      write("report-at", reportTime(view));
      write("dept", department(view));
      element("call").hidden = false;
      element("form").hidden = !["open", "claimed"].includes(view.state);
      say(stateSaid(view));
      write("hint", words.hint);
    },
    say,
    hint: (text) => write("hint", text ?? ""),
    busy(text) {
      button.className = "busy";
      button.textContent = text;
    },
    ready() {
      button.className = "";
      button.textContent = words.press;
    },
    headcount: () => people,
    suggestHeadcount: count,
    photoTaken(name) {
      write("photo-name", name ?? "");
      picture.value = "";
    },
    onPress(press) {
      element("form").addEventListener("submit", (event) => {
        event.preventDefault();
        press();
      });
    },
    onPhoto(taken) {
      picture.addEventListener("change", () => {
        const [file] = picture.files ?? [];
        if (file !== undefined) taken(file);
      });
    },
  };
}
