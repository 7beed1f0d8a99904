import type { Person } from "./api.ts";

/** Somebody one can speak as. */
export interface Speaker {
  userId: string;
  name: string;
  /** role and organisation, to tell people of one name apart */
  about: string;
  /** null for a resident */
  person: Person | null;
}

export interface SpeakerGroup {
  title: string;
  speakers: Speaker[];
}

/** Invented neighbours to begin with; any other name can be typed. */
const NEIGHBOURS = ["李阿姨", "老周", "小陈", "王师傅", "赵奶奶"];

/** In the order in which an event passes through their hands. */
const ROLE_GROUPS: { title: string; roles: string[] }[] = [
  { title: "网格", roles: ["gridWorker", "gridLeader", "gridMentor"] },
  { title: "街道指挥室", roles: ["dispatcher"] },
  { title: "街道", roles: ["streetPrincipal", "streetOfficer"] },
  { title: "派驻站所", roles: ["stationOfficer"] },
  { title: "区平台", roles: ["districtDispatcher"] },
  { title: "区级部门", roles: ["responder"] },
  { title: "督查与回访", roles: ["supervisor", "followUpAgent"] },
  { title: "管理", roles: ["admin"] },
];

export const residentNamed = (name: string): Speaker => ({
  userId: name,
  name,
  about: "居民",
  person: null,
});

export function speakerOf(person: Person): Speaker {
  const where = person.gridNames.length > 0 ? person.gridNames.join("、") : person.orgName;
  return {
    userId: person.id,
    name: person.name,
    about: [person.roleNames.join("、"), where].filter(Boolean).join(" · "),
    person,
  };
}

/**
 * Everyone who can be played, residents first.
 *
 * @param typed - narrows by name, role or organisation
 * @param isNear - whom one would expect in the open conversation; they come first in their group
 */
export function speakerGroups(
  people: readonly Person[],
  typed: string,
  isNear: (person: Person) => boolean = () => false,
): SpeakerGroup[] {
  const word = typed.trim();
  const fits = (speaker: Speaker) =>
    word === "" || speaker.name.includes(word) || speaker.about.includes(word);
  const groups = [
    { title: "居民", speakers: NEIGHBOURS.map(residentNamed).filter(fits) },
    ...ROLE_GROUPS.map(({ title, roles }) => ({
      title,
      speakers: people
        .filter((person) => roles.includes(firstRole(person)))
        .sort(
          (a, b) =>
            Number(isNear(b)) - Number(isNear(a)) ||
            roles.indexOf(firstRole(a)) - roles.indexOf(firstRole(b)),
        )
        .map(speakerOf)
        .filter(fits),
    })),
  ];
  return groups.filter((group) => group.speakers.length > 0);
}

/** The role somebody is listed under; people have one voice in the list, whatever they may do. */
const firstRole = (person: Person): string => {
  const order = ROLE_GROUPS.flatMap((group) => group.roles);
  return [...person.roles].sort((a, b) => order.indexOf(a) - order.indexOf(b))[0] ?? "";
};

export const findSpeaker = (people: readonly Person[], userId: string): Speaker => {
  const person = people.find((candidate) => candidate.id === userId);
  return person === undefined ? residentNamed(userId) : speakerOf(person);
};

/** Two characters that stand for a name, as enterprise chats do. */
export const initials = (name: string): string => {
  const characters = [...name.trim()];
  return /^[\x20-\x7e]+$/.test(name)
    ? characters.slice(0, 2).join("").toUpperCase()
    : characters.slice(-2).join("");
};

/** One of eight colours, always the same for the same person. */
export function toneOf(userId: string): number {
  let sum = 0;
  for (const character of userId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % 8;
}
