interface Settled {
  text: string;
  label: string;
}

const BINS = ["垃圾桶满出来了", "垃圾桶三天没人倒", "垃圾箱又爆满了", "垃圾桶堆得到处都是"];
/** The lexicon takes these for bad air; this district's dispatchers settle on planning. */
const TOWERS = [
  "楼顶装了通信铁塔,担心辐射",
  "信号基站离窗户太近,有辐射",
  "通信基站的辐射对孩子不好,要求搬走",
  "铁塔天线对着卧室,辐射怎么办",
];
const PLACES = ["南塘家园", "柳岸新村", "河滨花园", "锦绣苑"];

const tell = (texts: readonly string[], count: number, label: string): Settled[] =>
  Array.from({ length: count }, (_, index) => ({
    text: `${PLACES[index % 4]}${(index % 9) + 1}幢${texts[Math.floor(index / 4) % texts.length]}`,
    label,
  }));

export const binEvents = (count: number): Settled[] => tell(BINS, count, "env.binOverflow");
export const towerEvents = (count: number): Settled[] => tell(TOWERS, count, "planning.facility");
