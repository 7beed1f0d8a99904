import type { Role } from "./actor.ts";
import type { Owner } from "./obligation.ts";
import type {
  Colleague,
  ReminderDirectory,
  ReminderGap,
  ReminderOrg,
  ReminderSubject,
} from "./reminder-directory.ts";

/** One stage on the way up: the people of it, and where they were looked for. */
interface Stage {
  orgCode: string | null;
  people: Colleague[];
}

/**
 * The leader above whoever owes a duty, from `people.csv` and `orgs.csv`:
 *
 *     网格员 → the 网格长 of the grid → 街道工作人员, else 主要负责同志
 *     派驻站所, 社区 → 街道工作人员, else 主要负责同志
 *     command room, 街道工作人员 → 街道主要负责同志
 *     主要负责同志, department → 区平台派遣员
 *     district → 督查人员
 *
 * A stage without anybody is a gap and the next one is told. Of what is confidential only the
 * supervisors may hear.
 */
export function leadersAbove(
  owner: Owner,
  subject: ReminderSubject,
  directory: ReminderDirectory,
): { leaders: Colleague[]; gaps: ReminderGap[] } {
  const gaps: ReminderGap[] = [];
  for (const stage of subject.confidential ? [supervisors(directory)] : stagesAbove()) {
    const leaders = stage.people.filter(({ id }) => id !== owner.personId);
    if (leaders.length > 0) return { leaders, gaps };
    gaps.push({ missing: "leader", orgCode: stage.orgCode });
  }
  return { leaders: [], gaps };

  function stagesAbove(): Stage[] {
    const person = directory.people.find(({ id }) => id === owner.personId);
    const org = directory.orgs.get(owner.orgCode ?? person?.orgCode ?? "");
    const street = streetOf(org, directory);
    const district = [districtStage(directory), supervisors(directory)];
    if (org === undefined || org.type === "district") return [supervisors(directory)];
    if (org.type === "department" || street === null) return district;
    if (person?.roles.includes("streetPrincipal")) return district;
    const principal = peopleIn(street, ["streetPrincipal"], directory);
    if (org.type === "street") return [principal, ...district];
    const staff = peopleIn(street, ["streetOfficer"], directory);
    const ofStreet = staff.people.length > 0 ? staff : principal;
    const isWorker =
      person?.roles.includes("gridWorker") === true && !person.roles.includes("gridLeader");
    return isWorker
      ? [gridLeaders(person, org.code, directory), ofStreet, ...district]
      : [ofStreet, ...district];
  }
}

function gridLeaders(worker: Colleague, orgCode: string, directory: ReminderDirectory): Stage {
  const leaders = directory.people.filter(({ roles }) => roles.includes("gridLeader"));
  return {
    orgCode,
    people: leaders.filter(({ gridCodes }) =>
      gridCodes.some((code) => worker.gridCodes.includes(code)),
    ),
  };
}

const peopleIn = (
  orgCode: string,
  roles: readonly Role[],
  { people }: ReminderDirectory,
): Stage => ({
  orgCode,
  people: people.filter(
    (person) => person.orgCode === orgCode && person.roles.some((role) => roles.includes(role)),
  ),
});

const districtStage = ({ people, district }: ReminderDirectory): Stage => ({
  orgCode: district,
  people: people.filter(({ roles }) => roles.includes("districtDispatcher")),
});

const supervisors = ({ people, district }: ReminderDirectory): Stage => ({
  orgCode: district,
  people: people.filter(({ roles }) => roles.includes("supervisor")),
});

/** The street an organisation is or lies in; no table, however filled, sends the search in circles. */
function streetOf(org: ReminderOrg | undefined, { orgs }: ReminderDirectory): string | null {
  let current = org;
  for (let height = 0; current !== undefined && height < 8; height++) {
    if (current.type === "street") return current.code;
    current = orgs.get(current.parentCode ?? "");
  }
  return null;
}
