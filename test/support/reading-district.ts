import type {
  KnownAddress,
  KnownCategory,
  UnderstandingDirectory,
} from "../../bot/understanding/directory.ts";

const address = (
  code: string,
  name: string,
  kind: KnownAddress["kind"],
  gridCode: string,
  aliases: string[] = [],
): KnownAddress => ({ code, name, kind, gridCode, aliases, lng: 120.6, lat: 28 });

/** A few streets by hand: enough names to find, to mistype and to confuse. */
export const READING_ADDRESSES: readonly KnownAddress[] = [
  address("A01", "河滨花园", "estate", "G-HB1", ["河滨"]),
  address("A02", "锦绣苑", "estate", "G-JX2", ["锦绣小区"]),
  address("A03", "柳岸新村", "estate", "G-LA2", ["柳岸"]),
  address("A04", "学院西路", "road", "G-NT3"),
  address("A05", "学院西路中国银行", "poi", "G-NT3", ["中国银行", "中行"]),
  address("A06", "滨河路", "road", "G-LA2"),
  address("A07", "解放街", "road", "G-LA2"),
  address("A08", "桥头工业区", "poi", "G-QT"),
  address("A09", "泉畔小区", "estate", "G-QP4"),
  address("A10", "锦绣苑7幢", "building", "G-JX2"),
  address("A11", "柳岸新村12幢", "building", "G-LA2"),
  address("A12", "河滨花园9幢", "building", "G-HB1"),
  address("A13", "人民广场", "poi", "G-NT3"),
  address("A14", "人民广场", "poi", "G-QP4"),
  address("A15", "滨河路夜市", "poi", "G-LA2"),
  address("A16", "柳岸新村大门", "poi", "G-LA2", ["柳岸新村门口", "新村门口"]),
  address("A17", "河滨花园北门", "poi", "G-HB1", ["河滨花园北门口"]),
  address("A18", "柳岸新村幼儿园", "poi", "G-LA2", ["幼儿园"]),
  address("A19", "小白鸽幼儿园", "poi", "G-LA2", ["白鸽幼儿园", "幼儿园"]),
  address("A20", "锦绣幼儿园", "poi", "G-JX2"),
  address("A21", "河畔烧烤店", "poi", "G-HB1", ["河畔烧烤", "烧烤店"]),
];

export const readingDirectory = (categories: readonly KnownCategory[]): UnderstandingDirectory => ({
  categories,
  addresses: READING_ADDRESSES,
  grids: [
    { code: "G-NT3", name: "南塘3网格", communityName: "南塘社区", streetName: "望潮街道" },
    { code: "G-LA2", name: "柳岸2网格", communityName: "柳岸社区", streetName: "望潮街道" },
    { code: "G-JX2", name: "锦绣2网格", communityName: "锦绣社区", streetName: "望潮街道" },
    { code: "G-HB1", name: "河滨1网格", communityName: "河滨社区", streetName: "望潮街道" },
    { code: "G-QP4", name: "泉畔4网格", communityName: "泉畔社区", streetName: "望潮街道" },
    { code: "G-QT", name: "桥头工业区", communityName: "桥头社区", streetName: "望潮街道" },
  ],
  orgNames: ["环卫所", "综合执法中队", "市场监管所", "望潮派出所", "柳岸社区"],
});
