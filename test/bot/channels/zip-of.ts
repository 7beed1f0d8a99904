import { crc32 } from "node:zlib";

/** A zip archive of these files, uncompressed. */
export function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const fields = fieldsOf(name, content);
    const header = Buffer.concat([Buffer.from("PK\u0003\u0004"), fields, Buffer.from(name)]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    central.push(
      Buffer.concat([
        Buffer.from("PK\u0001\u0002"),
        Buffer.from([20, 0]),
        fields,
        entry,
        Buffer.from(name),
      ]),
    );
    local.push(header, Buffer.from(content));
    offset += header.length + Buffer.byteLength(content);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...local, directory, end]));
}

/** Version, flags, method, time, checksum, sizes, lengths of name and extra field. */
function fieldsOf(name: string, content: string): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt32LE(crc32(Buffer.from(content)), 10);
  fields.writeUInt32LE(Buffer.byteLength(content), 14);
  fields.writeUInt32LE(Buffer.byteLength(content), 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}
