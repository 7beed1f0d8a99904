import { join } from "node:path";
import { parseArgs } from "node:util";
import { allGrids, findDistrict } from "../../db/queries/directory.ts";
import { type ExitCode, runCommand } from "../../db/registry/command.ts";
import { openForReading } from "../../db/registry/open-registry.ts";
import { readCommandSettings, registryPlace } from "../../db/registry/settings.ts";
import { environment } from "../../services/environment.ts";
import { makeSheets } from "./make-sheets.ts";
import { openCodeMaker, QR_CHANNELS, type QrChannel } from "./open-code-maker.ts";

const USAGE =
  "Usage: npm run qr-codes -- --out DIR [--grid CODE …] [--channel wechat|wechat-kf] [--kf-account ID]";

/** `npm run qr-codes`: a sheet to print for each grid, whose code says where its reader stands. */
process.exitCode = await runCommand(async () => {
  const asked = readArguments();
  if (asked === null) return refuse(2, USAGE);
  const config = readCommandSettings(environment());
  const maker = openCodeMaker(config, asked.channel, asked.kfAccount);
  if ("problem" in maker) return refuse(2, maker.problem);
  const database = await openForReading(registryPlace(config));
  try {
    const district = database === null ? null : await findDistrict(database);
    if (database === null || district === null)
      return refuse(1, "There is no district yet. Import one: npm run registry:import -- DIR");
    const all = await allGrids(database);
    const unknown = asked.grids.filter((code) => !all.some((grid) => grid.code === code));
    if (unknown.length > 0)
      return refuse(2, `These grids are not in the registry: ${unknown.join(", ")}. Correct them.`);
    const grids =
      asked.grids.length === 0 ? all : all.filter(({ code }) => asked.grids.includes(code));
    const folder = join(asked.out, maker.channel);
    const done = await makeSheets({ ...maker, folder, district: district.name, grids });
    process.stdout.write(
      `${done.made} sheets were written to ${folder}, ${done.skipped} lay there already.\n`,
    );
    return done.stopped === null ? 0 : refuse(1, done.stopped);
  } finally {
    await database?.close();
  }
});

function refuse(code: ExitCode, why: string): ExitCode {
  process.stderr.write(`${why}\n`);
  return code;
}

interface Asked {
  out: string;
  grids: string[];
  channel: QrChannel | null;
  kfAccount: string | null;
}

function readArguments(): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        out: { type: "string" },
        grid: { type: "string", multiple: true, default: [] },
        channel: { type: "string" },
        "kf-account": { type: "string" },
      },
    });
    const channel = QR_CHANNELS.find((one) => one === values.channel) ?? null;
    if (values.out === undefined || (values.channel !== undefined && channel === null)) return null;
    // 「--grid A B」 names two, as does 「--grid A --grid B」.
    if (positionals.length > 0 && values.grid.length === 0) return null;
    return {
      out: values.out,
      grids: [...values.grid, ...positionals],
      channel,
      kfAccount: values["kf-account"] ?? null,
    };
  } catch {
    return null;
  }
}
