import { expect, it } from "vitest";
import { readRelay } from "../../../bot/understanding/relay.ts";

it.each([
  ["转报 微信里张阿姨说:5幢楼道灯坏了", "张阿姨", null, "5幢楼道灯坏了"],
  ["转报:张阿姨：5幢楼道灯坏了", "张阿姨", null, "5幢楼道灯坏了"],
  ["代报 李大爷反映,垃圾桶满了", "李大爷", null, "垃圾桶满了"],
  ["代报 王建国说:下水道堵了", "王建国", null, "下水道堵了"],
  ["代报 张阿姨(13800000001)说:下水道堵了", "张阿姨", "13800000001", "下水道堵了"],
  ["代报 13800000001:下水道堵了", null, "13800000001", "下水道堵了"],
  ["代报 138****0001:下水道堵了", null, null, "下水道堵了"],
  ["代报:南塘家园3幢:楼道灯坏了", null, null, "南塘家园3幢:楼道灯坏了"],
  ["代报:「5幢楼道灯坏了」", null, null, "5幢楼道灯坏了"],
  ["转报群里邻居说:没水了", "邻居", null, "没水了"],
])("%s", (text, name, phone, words) => {
  expect(readRelay(text)).toEqual({ name, phone, words });
});

it.each(["转报 SJ20261125-0001", "转报给环卫所", "转报", "我要代报张阿姨的事", "5幢楼道灯坏了"])(
  "is nobody's words: %s",
  (text) => {
    expect(readRelay(text)).toBeNull();
  },
);
