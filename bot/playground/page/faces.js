// The round pictures of people and chats, the same colour each time.

import { el, icon } from "./dom.js";

const TINTS = 7;
const BOT = "M5 7h14M5 12h14M5 17h8";

export const tint = (id) => `tint-${Math.abs(Number(id)) % TINTS}`;

/** Return the face of an account or a chat; `size` is "", "middle" or "small". */
export function face({ id, name, bot = false }, size = "") {
  const place = el("span", { class: `face ${size} ${bot ? "tint-5" : tint(id)}`, "aria-hidden": "true" });
  place.append(bot ? icon(BOT) : name.trim().slice(0, 1).toUpperCase());
  return place;
}
