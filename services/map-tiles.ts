import type { Datum } from "./browser-position.ts";
import type { MapTiles } from "./config.ts";

/** One layer of pictures, with the places of a tile in braces as Leaflet fills them in. */
export interface TileLayer {
  url: string;
  attribution: string;
}

interface Maker {
  host: string;
  datum: Datum;
  attribution: string;
  /** from bottom to top */
  paths(key: string): string[];
}

const MAKERS: Record<MapTiles["maker"], Maker> = {
  tianditu: {
    host: "https://t0.tianditu.gov.cn",
    datum: "wgs84",
    attribution: "天地图",
    paths: (key) =>
      ["vec", "cva"].map(
        (layer) =>
          `/${layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${key}`,
      ),
  },
  amap: {
    host: "https://webrd01.is.autonavi.com",
    datum: "gcj02",
    attribution: "高德地图",
    paths: (key) => [`/appmaptile?lang=zh_cn&size=1&scale=1&style=8&x={x}&y={y}&z={z}&key=${key}`],
  },
};

/** The one host that pages may show pictures of, where there are tiles. */
export const tileHosts = (tiles: MapTiles | null): string[] =>
  tiles === null ? [] : [MAKERS[tiles.maker].host];

export function tileLayers(tiles: MapTiles | null): TileLayer[] {
  if (tiles === null) return [];
  const { host, attribution, paths } = MAKERS[tiles.maker];
  return paths(tiles.key).map((path) => ({ url: `${host}${path}`, attribution }));
}

/** The coordinates in which places fit the tiles; without tiles those of the registry do. */
export const datumOnMap = (tiles: MapTiles | null, registry: Datum): Datum =>
  tiles === null ? registry : MAKERS[tiles.maker].datum;
