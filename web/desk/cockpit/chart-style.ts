/** The page's colours, as the chart's canvas needs them: it knows no variables. */
export interface Palette {
  ink: string;
  soft: string;
  line: string;
  surface: string;
  brand: string;
  number: string;
  warn: string;
  heat: string[];
}

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: token("ink"),
    soft: token("soft"),
    line: token("line"),
    surface: token("raised"),
    brand: token("brand"),
    number: token("number"),
    warn: token("warn"),
    heat: [0, 1, 2, 3, 4].map((step) => token(`heat-${step}`)),
  };
}

/** Drawn on the canvas: a tooltip made of HTML would want inline styles, which the page's policy refuses. */
export const tooltip = (colours: Palette) => ({
  renderMode: "richText" as const,
  confine: true,
  backgroundColor: colours.surface,
  borderColor: colours.line,
  textStyle: { color: colours.ink, fontSize: 13 },
});

export const axisStyle = (colours: Palette) => ({
  axisLabel: { color: colours.soft },
  axisLine: { lineStyle: { color: colours.line } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: colours.line } },
});
