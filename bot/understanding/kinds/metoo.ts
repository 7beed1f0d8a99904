const METOO =
  /(?:我|俺|咱)(?:家|们|们家|们这|们楼|们幢|这|这边|这里|这幢|这栋|那|楼|单元|也)?[^,。!?]{0,6}也(?:没|停|是|有|不|被|一样|断|漏|堵|闻到|听到|看到|没有|这样|遇到|反映|要|觉得|坏|黑|吵)|^(?:我们?)?(?:家)?(?:同上|一样|同样|\+1|加1|\+10086|同问|附议|同感|支持|顶)[+1!。~]*$|(?:\d+ ?(?:幢|栋|号楼|单元|楼)|隔壁|对面|楼上|楼下|我们?(?:楼|幢|单元|小区|这))[^,。!?]{0,6}(?:也|都)(?:没|停|是|有|不|断|漏|堵|一样|这样|坏|黑|吵)|^也(?:没|停|不)/;

/** 「我家也是」 says nothing of its subject: it repeats what a neighbour told last. */
export const saysOnlyMeToo = (text: string): boolean =>
  /^(?:我|俺|咱|我们)(?:家|们|这|这边|这里|楼|幢|栋|单元)*也(?:是|一样|这样)(?:的|啊|呀|呢|啦|诶|欸)*[\s,.。!~+1]*$/.test(
    text,
  );

/** Somebody says that it is so with them too. */
export const saysMeToo = (text: string): boolean => text.length <= 40 && METOO.test(text);
