import {
  chaosDefaults,
  createWorld,
  dailyCsv,
  economicOrderQuantity,
  newsvendorNormal,
  policyLimits,
  reorderPoint
} from "./chunk-EZYGVHAB.js";
import {
  MODEL_VERSION,
  checkReferences,
  costDefaults,
  ownLimits,
  presets,
  worldDefaults,
  worldFileRules,
  worldLimits
} from "./chunk-XMUMF5LL.js";
import {
  EventBatch,
  WorldError,
  eventTypes,
  invalidOption,
  wrong
} from "./chunk-RECR2M4S.js";

// src/own/read-world-file.ts
import { checkOptions, readJson } from "@store/foundation";
function readWorldFile(text) {
  const file = parse(textOf(text));
  checkOptions(file, worldFileRules, invalidOption);
  const entries = Object.entries(file).filter(([name]) => name !== "$schema");
  const world = Object.fromEntries(entries);
  checkReferences(world);
  return world;
}
function textOf(given) {
  if (typeof given === "string") return given.replace(/^\ufeff/u, "");
  if (!ArrayBuffer.isView(given))
    throw new WorldError("INVALID_OPTION", "text", given, "text or bytes of a world file");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(
      new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
    );
  } catch {
    throw new WorldError(
      "INVALID_OPTION",
      "text",
      given,
      "UTF-8",
      "The world file is not UTF-8; save it as UTF-8."
    );
  }
}
function parse(text) {
  const reading = readJson(text, { numbers: "double" });
  if (!reading.ok) {
    const reason = reading.failure.message.replaceAll(/\s+/g, " ");
    throw new WorldError("INVALID_OPTION", "text", text, "JSON", `The world file is not JSON: ${reason}`);
  }
  const { value, duplicate } = reading;
  if (duplicate !== void 0) {
    const path = duplicate.path.map((step, n) => typeof step === "number" ? `[${step}]` : n === 0 ? step : `.${step}`).join("");
    const line = text.slice(0, duplicate.offset).split("\n").length;
    throw wrong(path, void 0, `stands twice in the file, again in line ${line}; each key stands once.`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new WorldError("INVALID_OPTION", "text", value, 'a JSON object with "worldFile": 1');
}
export {
  EventBatch,
  MODEL_VERSION,
  WorldError,
  chaosDefaults,
  costDefaults,
  createWorld,
  dailyCsv,
  economicOrderQuantity,
  eventTypes,
  newsvendorNormal,
  ownLimits,
  policyLimits,
  presets,
  readWorldFile,
  reorderPoint,
  worldDefaults,
  worldLimits
};
//# sourceMappingURL=index.js.map