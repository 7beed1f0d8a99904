import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
