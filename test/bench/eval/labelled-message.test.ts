import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCaseFiles } from "../../../bench/eval/labelled-message.ts";

const folder = mkdtempSync(join(tmpdir(), "yihu-cases-"));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe("the cases of an evaluation", () => {
  it("come from several files, and from every .jsonl file of a folder", () => {
    const first = write("a.jsonl", '{"id":1,"text":"路灯不亮"}\n\n');
    write("b.jsonl", '{"id":2,"text":"停水了"}\n');
    write("notes.txt", "no case");
    expect(readCaseFiles([first]).map(({ id }) => id)).toEqual([1]);
    expect(readCaseFiles([folder, first]).map(({ id }) => id)).toEqual([1, 2, 1]);
  });

  it("are refused with file and line where one is no message", () => {
    const bad = write("bad.txt", '{"id":1,"text":"停水了"}\n{"id":2}\n');
    expect(() => readCaseFiles([bad])).toThrow(`${bad}:2 is no labelled message`);
  });
});
