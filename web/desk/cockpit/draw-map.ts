import L from "leaflet";
import { clustersOf, stepOf } from "./clusters.ts";
import type { Grid, GridMap } from "./stats-api.ts";
import { words } from "./words.ts";

/** Pixels of a map within which open events are one circle. */
const CELL_PX = 64;
const STEPS = 5;
const CIRCLE_PX = 34;

export interface Chosen {
  grid(code: string): void;
  event(no: string): void;
}

/**
 * A map of the registry's own boundaries, over tiles where the product has some. It sets no HTML from
 * strings: all words are text.
 */
export function openGridMap(box: HTMLElement, chosen: Chosen, still: boolean) {
  const map = L.map(box, {
    zoomControl: !still,
    dragging: !still,
    keyboard: !still,
    scrollWheelZoom: false,
    doubleClickZoom: !still,
    touchZoom: !still,
    boxZoom: false,
    zoomSnap: 0.25,
    attributionControl: false,
    fadeAnimation: false,
    zoomAnimation: false,
    markerZoomAnimation: false,
  });
  map.setView([30, 120], 12);
  const tiles = L.layerGroup().addTo(map);
  const grids = L.featureGroup().addTo(map);
  const clusters = L.layerGroup().addTo(map);
  let shown: GridMap | null = null;
  let tilesShown = "";
  let gridsShown = "";

  map.on("zoomend", drawClusters);

  function drawTiles({ tiles: layers }: GridMap) {
    const wanted = JSON.stringify(layers);
    if (wanted === tilesShown) return;
    tilesShown = wanted;
    tiles.clearLayers();
    const credits = new Set(layers.map(({ attribution }) => attribution));
    for (const { url } of layers) tiles.addLayer(L.tileLayer(url, { maxZoom: 18 }));
    if (credits.size > 0) L.control.attribution({ prefix: [...credits].join(" ") }).addTo(map);
  }

  function drawGrids({ grids: all }: GridMap, by: "open" | "created") {
    grids.clearLayers();
    const most = Math.max(0, ...all.map((grid) => grid[by]));
    for (const grid of all) {
      const shape = shapeOf(grid, stepOf(grid[by], most, STEPS));
      if (shape === null) continue;
      const text = words().gridOpen(grid.name, grid.open, grid.created);
      shape.bindTooltip(textNode(text), { sticky: true });
      if (!still) shape.on("click", () => chosen.grid(grid.code));
      grids.addLayer(shape);
    }
    const names = all.map(({ code }) => code).join();
    if (names !== gridsShown && grids.getLayers().length > 0) {
      gridsShown = names;
      map.fitBounds(grids.getBounds(), { padding: [22, 22], maxZoom: 17 });
    }
  }

  function drawClusters() {
    clusters.clearLayers();
    const dots = (shown?.events ?? []).map(({ no, lng, lat, urgent }) => ({
      no,
      urgent,
      ...pixels(lng, lat),
    }));
    for (const { x, y, nos, urgent } of clustersOf(dots, CELL_PX)) {
      const at = map.unproject([x, y], map.getZoom());
      const [only] = nos;
      const label =
        nos.length === 1 && only !== undefined
          ? words().oneOpen(only)
          : words().cluster(nos.length);
      const marker = L.marker(at, {
        icon: L.divIcon({
          html: textNode(String(nos.length)),
          className: urgent ? "cluster urgent" : "cluster",
          iconSize: [CIRCLE_PX, CIRCLE_PX],
        }),
        title: label,
        keyboard: !still,
        interactive: !still,
      });
      marker.on("click", () => {
        if (nos.length === 1 && only !== undefined) chosen.event(only);
        else map.setView(at, Math.min(18, map.getZoom() + 1));
      });
      clusters.addLayer(marker);
    }
  }

  const pixels = (lng: number, lat: number) => {
    const { x, y } = map.project([lat, lng], map.getZoom());
    return { x, y };
  };

  return {
    show(data: GridMap, by: "open" | "created") {
      shown = data;
      drawTiles(data);
      drawGrids(data, by);
      drawClusters();
    },
    resized() {
      map.invalidateSize({ animate: false });
      if (grids.getLayers().length > 0 && still)
        map.fitBounds(grids.getBounds(), { padding: [22, 22] });
    },
    close: () => map.remove(),
  };
}

/** Its boundary; where the registry has none, a circle at its middle; null where it has neither. */
function shapeOf({ boundary, center, code }: Grid, step: number): L.Path | null {
  const className = `grid heat-${step} ${code.replace(/[^\w-]/g, "_")}`;
  if (boundary !== null) {
    const rings = boundary.map((polygon) =>
      polygon.map((ring) => ring.map(([lng, lat]): [number, number] => [lat, lng])),
    );
    return L.polygon(rings, { className, weight: 1.5, fillOpacity: 0.75 });
  }
  if (center === null) return null;
  return L.circleMarker([center.lat, center.lng], { className, radius: 12, fillOpacity: 0.85 });
}

function textNode(text: string): HTMLElement {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}
