import "../look/look.css";
import "./login.css";
import { sayOnPage } from "../look/page-language.ts";
import {
  fetchCast,
  fetchCorpId,
  type PersonChoice,
  signInAs,
  signInByDingTalk,
  signInByKey,
  signInByToken,
} from "./api.ts";
import { isInDingTalk, requestCode } from "./dingtalk.ts";
import { nextPath } from "./next-path.ts";
import { words } from "./words.ts";

const MOST_SHOWN = 40;

const element = <E extends HTMLElement>(id: string): E => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found as E;
};

/** Phones have pages of their own; a desk wants room. */
const isPhone = matchMedia("(max-width: 759px)").matches;
const goal = nextPath(location.search, isPhone ? "/m/" : "/desk");

const say = (words: string): void => {
  element("answer").textContent = words;
  element("answer").hidden = false;
};

/** Not by the address alone: chat programs open links to show what is behind them. */
const enter = (signIn: () => Promise<string | null>) => async () => {
  const problem = await signIn();
  if (problem === null) location.replace(goal);
  else say(problem);
};

function openByLink(key: string): void {
  const form = element<HTMLFormElement>("by-link");
  const press = enter(() => signInByKey(key));
  element("enter").textContent = goal.startsWith("/m") ? words.toPhone : words.toDesk;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void press();
  });
  form.querySelector("button")?.focus();
}

async function openWithoutLink(): Promise<void> {
  if (isInDingTalk(navigator.userAgent) && (await enterByDingTalk())) return;
  element("how").hidden = false;
  openByToken();
  const people = await fetchCast();
  if (people === null) return;
  element("sandbox").hidden = false;
  const find = element<HTMLInputElement>("find");
  const show = () => element("people").replaceChildren(...fitting(people, find.value).map(choice));
  find.addEventListener("input", show);
  show();
}

/** @returns whether it leads on; where DingTalk is not set up here, nothing is said about it */
async function enterByDingTalk(): Promise<boolean> {
  const corpId = await fetchCorpId();
  if (corpId === null) return false;
  const busy = element("busy");
  busy.textContent = words.byDingTalk;
  busy.hidden = false;
  const problem = await requestCode(corpId).then(
    (code) => signInByDingTalk(code, corpId),
    () => words.dingtalkFailed,
  );
  busy.hidden = true;
  if (problem === null) location.replace(goal);
  else say(problem);
  return problem === null;
}

function openByToken(): void {
  const field = element<HTMLInputElement>("token");
  element("by-token").hidden = false;
  const press = enter(() => signInByToken(field.value.trim()));
  element("token-form").addEventListener("submit", (event) => {
    event.preventDefault();
    void press();
  });
}

const fitting = (people: readonly PersonChoice[], typed: string): PersonChoice[] => {
  const word = typed.trim();
  return people
    .filter((one) => `${one.name} ${one.id} ${about(one)}`.includes(word))
    .slice(0, MOST_SHOWN);
};

const about = ({ roles, roleNames, orgName }: PersonChoice): string =>
  [words.roles(roles, roleNames), orgName].filter(Boolean).join(" · ");

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

sayOnPage(document, words);
element<HTMLInputElement>("find").placeholder = words.example;
const key = /^\/login\/([\w-]{20,100})$/.exec(location.pathname)?.[1];
if (key === undefined) void openWithoutLink();
else openByLink(key);
