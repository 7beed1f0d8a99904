import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A font with Chinese signs; `family` names one in a collection. */
export interface ChineseFont {
  regular: string;
  bold: string;
  family?: { regular: string; bold: string };
}

/** Fonts of operating systems, for installations without the package. */
const SYSTEM_FONTS: readonly ChineseFont[] = [
  {
    regular: "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    bold: "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    family: { regular: "NotoSansCJKsc-Regular", bold: "NotoSansCJKsc-Bold" },
  },
  single("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "WenQuanYiZenHei"),
  single("C:\\Windows\\Fonts\\simhei.ttf"),
];

function single(path: string, name?: string): ChineseFont {
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

/** @throws FontMissing where neither the package nor the operating system has one */
export function findChineseFont(): ChineseFont {
  const found = [packagedFont(), ...SYSTEM_FONTS].find(
    (font) => font !== null && existsSync(font.regular) && existsSync(font.bold),
  );
  if (found == null) throw new FontMissing();
  return found;
}

function packagedFont(): ChineseFont | null {
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
