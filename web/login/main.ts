import "../look/look.css";
import "./login.css";
import { fetchCast, type PersonChoice, signInAs, signInByKey } from "./api.ts";

const MOST_SHOWN = 40;

const element = <E extends HTMLElement>(id: string): E => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found as E;
};

const say = (words: string): void => {
  element("answer").textContent = words;
  element("answer").hidden = false;
};

/** Not by the address alone: chat programs open links to show what is behind them. */
const enter = (signIn: () => Promise<string | null>) => async () => {
  const problem = await signIn();
  if (problem === null) location.replace("/desk");
  else say(problem);
};

function openByLink(key: string): void {
  const form = element<HTMLFormElement>("by-link");
  const press = enter(() => signInByKey(key));
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void press();
  });
  form.querySelector("button")?.focus();
}

async function openWithoutLink(): Promise<void> {
  element("how").hidden = false;
  const people = await fetchCast();
  if (people === null) return;
  element("sandbox").hidden = false;
  const find = element<HTMLInputElement>("find");
  const show = () => element("people").replaceChildren(...fitting(people, find.value).map(choice));
  find.addEventListener("input", show);
  show();
}

const fitting = (people: readonly PersonChoice[], typed: string): PersonChoice[] => {
  const word = typed.trim();
  return people
    .filter((one) => `${one.name} ${one.id} ${about(one)}`.includes(word))
    .slice(0, MOST_SHOWN);
};

const about = ({ roleNames, orgName }: PersonChoice): string =>
  [roleNames.join("、"), orgName].filter(Boolean).join(" · ");

function choice(person: PersonChoice): HTMLLIElement {
  const item = document.createElement("li");
  const button = document.createElement("button");
  const name = document.createElement("strong");
  const role = document.createElement("span");
  button.type = "button";
  name.textContent = person.name;
  role.textContent = about(person);
  button.append(name, role);
  button.addEventListener(
    "click",
    enter(() => signInAs(person.id)),
  );
  item.append(button);
  return item;
}

const key = /^\/login\/([\w-]{20,100})$/.exec(location.pathname)?.[1];
if (key === undefined) void openWithoutLink();
else openByLink(key);
