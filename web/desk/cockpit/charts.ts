import type { EChartsCoreOption } from "echarts/core";
import { axisStyle, type Palette, tooltip } from "./chart-style.ts";
import { isAverage } from "./figures.ts";
import type { AnyRate, HeatCell, Stretch } from "./stats-api.ts";
import { words } from "./words.ts";

/** Received and completed events as bars, a rate as a line. */
export const trendChart =
  (items: readonly Stretch[], measure: AnyRate, size = 12) =>
  (colours: Palette): EChartsCoreOption => {
    const text = words();
    const name = text.rates[measure].name;
    const average = isAverage(measure);
    const axis = axisStyle(colours);
    const axisLabel = { ...axis.axisLabel, fontSize: size };
    return {
      grid: { left: 8, right: 8, top: size * 3, bottom: 4, containLabel: true },
      legend: {
        top: 0,
        textStyle: { color: colours.soft, fontSize: size },
        itemHeight: size * 0.8,
      },
      tooltip: { trigger: "axis", ...tooltip(colours) },
      xAxis: {
        type: "category",
        data: items.map(({ from }) => from.slice(items.length > 62 ? 0 : 5)),
        ...axis,
        axisLabel,
      },
      yAxis: [
        { type: "value", minInterval: 1, ...axis, axisLabel },
        {
          type: "value",
          min: average ? 0 : undefined,
          max: average ? undefined : 100,
          ...axis,
          splitLine: { show: false },
          axisLabel: { ...axisLabel, formatter: average ? "{value}" : "{value}%" },
        },
      ],
      series: [
        {
          type: "bar",
          name: text.received,
          data: items.map(({ created }) => created),
          itemStyle: { color: colours.number, opacity: 0.75 },
        },
        {
          type: "bar",
          name: text.done,
          data: items.map(({ completed }) => completed),
          itemStyle: { color: colours.brand, opacity: 0.85 },
        },
        {
          type: "line",
          name,
          yAxisIndex: 1,
          connectNulls: false,
          symbolSize: 6,
          data: items.map(({ rates }) => {
            const { value } = rates[measure];
            return value === null
              ? null
              : Math.round(value * (average ? 10 : 10_000)) / (average ? 10 : 100);
          }),
          lineStyle: { color: colours.warn, width: 2 },
          itemStyle: { color: colours.warn },
        },
      ],
    };
  };

/** Seven rows of twenty-four hours; Monday on top. */
export const heatChart =
  (items: readonly HeatCell[], size = 12) =>
  (colours: Palette): EChartsCoreOption => {
    const text = words();
    const axis = axisStyle(colours);
    const axisLabel = { ...axis.axisLabel, fontSize: size };
    return {
      grid: { left: 4, right: 8, top: 6, bottom: 4, containLabel: true },
      tooltip: {
        ...tooltip(colours),
        formatter: ({ data }: { data: [number, number, number] }) =>
          `${text.weekdays[data[1]]} ${text.hour(data[0])}: ${data[2]}`,
      },
      xAxis: {
        type: "category",
        data: Array.from({ length: 24 }, (_, hour) => String(hour)),
        ...axis,
        axisLabel,
      },
      yAxis: { type: "category", inverse: true, data: text.weekdays, ...axis, axisLabel },
      visualMap: {
        show: false,
        min: 0,
        max: Math.max(1, ...items.map(({ created }) => created)),
        inRange: { color: colours.heat },
      },
      series: [
        {
          type: "heatmap",
          data: items.map(({ weekday, hour, created }) => [hour, weekday - 1, created]),
          itemStyle: { borderColor: colours.surface, borderWidth: 1 },
        },
      ],
    };
  };
