import { createFigures, type Figures } from "./figures.ts";

/**
 * What a trained model knows, all of it figures. A weight counts `step`; a row of a table holds the weights of one
 * feature by column.
 */
export interface ElementModel {
  step: number;
  /** by `previous * (LABELS + 1) + next`; the label `LABELS` is the edge of the address */
  transitions: Float32Array;
  divisions: Figures;
  characters: WeightTable;
  elements: WeightTable;
}

/** Row `rows.get(hash)` stands at `starts[row] … starts[row + 1]` of `columns` and `weights`. */
export interface WeightTable {
  rows: Figures;
  starts: Int32Array;
  columns: Uint8Array;
  weights: Int8Array;
}

/** Feature by feature what is written: the hash, and its weights other than 0 by column. */
export type WeightRows = Map<number, [column: number, weight: number][]>;

const MAGIC = 0x59_48_45_32;

/** A model as bytes: the same model gives the same bytes. Hashes go in order, as distances. */
export function writeModel(model: {
  step: number;
  transitions: Float32Array;
  divisions: ReadonlyMap<number, number>;
  characters: WeightRows;
  elements: WeightRows;
}): Uint8Array {
  const head = new DataView(new ArrayBuffer(12 + model.transitions.length * 4));
  head.setUint32(0, MAGIC);
  head.setFloat32(4, model.step);
  head.setUint32(8, model.transitions.length);
  model.transitions.forEach((value, at) => {
    head.setFloat32(12 + at * 4, value);
  });
  const bytes = [...new Uint8Array(head.buffer)];
  writeTable(bytes, model.divisions, (levels) => [levels]);
  for (const rows of [model.characters, model.elements]) {
    writeTable(bytes, rows, (weights) => [
      weights.length,
      ...weights.flatMap(([column, weight]) => [column, weight & 255]),
    ]);
  }
  return Uint8Array.from(bytes);
}

function writeTable<Value>(
  bytes: number[],
  values: ReadonlyMap<number, Value>,
  encode: (value: Value) => number[],
): void {
  const hashes = [...values.keys()].map((hash) => hash >>> 0).sort((a, b) => a - b);
  writeNumber(bytes, hashes.length);
  let previous = 0;
  for (const hash of hashes) {
    const value = values.get(hash | 0);
    if (value === undefined) throw new Error("Keys of a model are signed 32-bit hashes.");
    writeNumber(bytes, hash - previous);
    bytes.push(...encode(value));
    previous = hash;
  }
}

/** Seven bits a byte, the highest bit says that more follows. */
function writeNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
}

/** @throws when the bytes are no model of this version */
export function readModel(bytes: Uint8Array): ElementModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0) !== MAGIC) {
    throw new Error(
      "This is no address model of this version. Make one: npm run train:addresses -- --addresses FILE --out MODEL.",
    );
  }
  const transitions = new Float32Array(view.getUint32(8));
  for (let at = 0; at < transitions.length; at++) transitions[at] = view.getFloat32(12 + at * 4);
  const from = { bytes, at: 12 + transitions.length * 4 };
  return {
    step: view.getFloat32(4),
    transitions,
    divisions: readDivisions(from),
    characters: readTable(from),
    elements: readTable(from),
  };
}

interface Reader {
  bytes: Uint8Array;
  at: number;
}

function readDivisions(from: Reader): Figures {
  const count = readNumber(from);
  const divisions = createFigures(count);
  let hash = 0;
  for (let row = 0; row < count; row++) {
    hash += readNumber(from);
    divisions.set(hash | 0, from.bytes[from.at++] ?? 0);
  }
  return divisions;
}

function readTable(from: Reader): WeightTable {
  const count = readNumber(from);
  const rows = createFigures(count);
  const starts = new Int32Array(count + 1);
  const most = (from.bytes.length - from.at) >> 1;
  const columns = new Uint8Array(most);
  const weights = new Int8Array(most);
  let [hash, n] = [0, 0];
  for (let row = 0; row < count; row++) {
    hash += readNumber(from);
    rows.set(hash | 0, row);
    for (let left = from.bytes[from.at++] ?? 0; left > 0; left--) {
      columns[n] = from.bytes[from.at++] ?? 0;
      weights[n++] = from.bytes[from.at++] ?? 0;
    }
    starts[row + 1] = n;
  }
  return { rows, starts, columns: columns.slice(0, n), weights: weights.slice(0, n) };
}

function readNumber(from: Reader): number {
  let [value, worth] = [0, 1];
  for (;;) {
    const byte = from.bytes[from.at++] ?? 0;
    value += (byte & 127) * worth;
    if (byte < 128) return value;
    worth *= 128;
  }
}
