/** Names of fields that speak of persons, word by word: `ownerName` is `owner` and `name`. */
const OF_PERSONS: ReadonlySet<string> = new Set([
  ...["face", "faces", "facial", "biometric", "biometrics", "gait", "iris", "fingerprint"],
  ...["plate", "plates", "license", "licence", "vin"],
  ...["identity", "identification", "idcard", "idno", "passport", "imsi", "imei", "mac"],
  ...["person", "persons", "people", "pedestrian", "pedestrians", "human", "resident", "owner"],
  ...["name", "phone", "mobile", "tel", "gender", "sex", "age", "birthday", "ethnicity"],
  ...["track", "tracks", "tracking", "trajectory", "trajectories", "reid"],
]);
const OF_PERSONS_ANYWHERE = /face|plate|identi|idcard|biometric|trajector|person/;
const OF_PERSONS_IN_CHINESE =
  /人脸|面部|车牌|号牌|身份|证件|姓名|名字|手机|电话|性别|年龄|轨迹|步态|体态|行人|住户|户主/;

/** Deeper than any field that is taken here. */
const DEEPEST = 6;

/**
 * The first field of an alarm that speaks of a person; null where none does. The product recognises no
 * faces and follows nobody, so what would need it is refused, not dropped in silence.
 */
export function personalField(body: unknown, depth = 0): string | null {
  if (typeof body !== "object" || body === null || depth > DEEPEST) return null;
  for (const [name, value] of Object.entries(body)) {
    if (speaksOfPersons(name)) return name;
    if (typeof value === "string" && namesPersons(value)) return name;
    const inside = personalField(value, depth + 1);
    if (inside !== null) return `${name}.${inside}`;
  }
  return null;
}

/** A number plate, or words that announce a person's number or name. Pictures are too long to be read as words. */
const PLATE = /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z\d·]{5,7}/;
const LONGEST_WORDS = 2000;

const namesPersons = (value: string): boolean =>
  value.length <= LONGEST_WORDS && (PLATE.test(value) || /身份证|车牌|人脸|手机号/.test(value));

function speaksOfPersons(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
  return (
    words.some((word) => OF_PERSONS.has(word)) ||
    OF_PERSONS_ANYWHERE.test(words.join("")) ||
    OF_PERSONS_IN_CHINESE.test(name)
  );
}
