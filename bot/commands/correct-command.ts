import type { Place } from "../../services/domain/event.ts";
import { EventCommand } from "../../services/domain/event-command.ts";
import type { District } from "../district.ts";

/**
 * 「更正 SJ… 类别 占道经营」 puts an event under another category of the catalog, 「更正 SJ… 地点 南塘家园3幢」 at
 * another place; any other words stay a note. Asks where the catalog has no such category, or several.
 *
 * @param placeIn - the place that words name
 */
export function correctCommand(
  district: Pick<District, "categories">,
  note: string,
  placeIn: (words: string) => Place,
): { command: EventCommand } | { ask: string } {
  const where = /^(?:地点|地址|位置)(?:应该)?(?:是|为|改为|改成|在)?[\s:：]*(\S.*)$/.exec(
    note,
  )?.[1];
  if (where !== undefined) {
    const place = placeIn(where);
    return correction({ place: { ...place, raw: place.raw ?? where } });
  }
  const named =
    /^(?:类别|类型|分类)(?:应该)?(?:是|为|改为|改成)?[\s:：]*([^\s,，。;；]+)[\s,，。;；]*/.exec(
      note,
    );
  if (named?.[1] === undefined) return correction({ note });
  const wanted = named[1];
  const names = [...district.categories.values()];
  const exact = names.find(({ name }) => name === wanted);
  const alike = exact === undefined ? names.filter(({ name }) => name.includes(wanted)) : [exact];
  const [found] = alike;
  if (found !== undefined && alike.length === 1)
    return correction({ category: found.slug, note: note.slice(named[0].length) });
  return {
    ask:
      found === undefined
        ? `没有「${wanted}」这个类别,请用事件类别表里的名称,例如「更正 SJ… 类别 占道经营」。`
        : `「${wanted}」有几个类别:${alike
            .slice(0, 5)
            .map(({ name }) => name)
            .join("、")}。请说全名。`,
  };
}

const correction = (fields: { note?: string; category?: string; place?: Place }) => ({
  command: EventCommand.parse({ action: "correct", ...fields }),
});
