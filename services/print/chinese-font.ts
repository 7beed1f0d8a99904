import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Font, openSync } from "fontkit";

/** Files of a font with Chinese signs; `family` names one in a collection. */
interface FontFiles {
  regular: string;
  bold: string;
  family?: { regular: string; bold: string };
}

export interface ChineseFont {
  regular: Font;
  bold: Font;
}

/** Fonts of operating systems, for installations without the package. */
const SYSTEM_FONTS: readonly FontFiles[] = [
  {
    regular: "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    bold: "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    family: { regular: "NotoSansCJKsc-Regular", bold: "NotoSansCJKsc-Bold" },
  },
  single("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "WenQuanYiZenHei"),
  single("C:\\Windows\\Fonts\\simhei.ttf"),
];

function single(path: string, name?: string): FontFiles {
  const font = { regular: path, bold: path };
  return name === undefined ? font : { ...font, family: { regular: name, bold: name } };
}

export class FontMissing extends Error {
  constructor() {
    super(
      "There is no Chinese font for PDF files. Install the optional package @embedpdf/fonts-sc, or fonts-noto-cjk of the operating system.",
    );
  }
}

let opened: ChineseFont | null = null;

/**
 * The font, opened once: its tables have 30,000 signs, and reading them takes longer than a form.
 *
 * @throws FontMissing where neither the package nor the operating system has one
 */
export function chineseFont(): ChineseFont {
  opened ??= open();
  return opened;
}

function open(): ChineseFont {
  const found = [packagedFont(), ...SYSTEM_FONTS].find(
    (font) => font !== null && existsSync(font.regular) && existsSync(font.bold),
  );
  if (found == null) throw new FontMissing();
  const { regular, bold, family } = found;
  return { regular: one(regular, family?.regular), bold: one(bold, family?.bold) };
}

function one(path: string, name: string | undefined): Font {
  const font = openSync(path, name);
  if ("fonts" in font) {
    throw new Error(`${path} holds several fonts and none called ${name ?? "by a name"}.`);
  }
  return font;
}

function packagedFont(): FontFiles | null {
  try {
    const entry = createRequire(import.meta.url).resolve("@embedpdf/fonts-sc");
    const folder = join(dirname(entry), "..", "fonts");
    return {
      regular: join(folder, "NotoSansHans-Regular.otf"),
      bold: join(folder, "NotoSansHans-Bold.otf"),
    };
  } catch {
    return null;
  }
}
