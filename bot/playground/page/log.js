// The drawer with the raw calls of the bot, the newest first.

import { api } from "./api.js";
import { byId, el } from "./dom.js";
import { state } from "./state.js";
import { exactTime } from "./times.js";

const KEPT = 300;

/** The number of the newest call that is shown or waits to be. */
let newest = 0;

/** Calls that the next frame shows: a bot that calls without a pause must not keep the page from all else. */
let waiting = [];

/** Show the calls that were made up to now. */
export async function showPastCalls() {
  for (const call of await api.calls()) showCall(call);
}

/** Add a call: {number, time, method, params, status, result}. Asking for updates in vain is left out. */
export function showCall(call) {
  if (call.number <= newest) return;
  newest = call.number;
  if (call.method === "getUpdates" && !call.result?.result?.length) return;
  if (!waiting.length) requestAnimationFrame(showWaiting);
  waiting = [call, ...waiting.slice(0, KEPT - 1)];
}

function showWaiting() {
  const list = byId("calls");
  const isGood = ({ status }) => status >= 200 && status < 400;
  list.prepend(...waiting.map((call) => el("li", { class: isGood(call) ? "" : "bad" }, row(call))));
  while (list.children.length > KEPT) list.lastChild.remove();
  waiting = [];
}

function row(call) {
  const details = el(
    "details",
    {},
    el(
      "summary",
      {},
      el("span", { class: "code" }, call.status ? String(call.status) : "—"),
      el("span", { class: "method" }, call.method, " ", el("small", {}, about(call))),
      el("time", {}, exactTime(call.time)),
    ),
  );
  details.addEventListener("toggle", () => details.children.length > 1 || details.append(...raw(call)));
  return details;
}

/** Say in a few words what a call is about: where it goes, or how much came back. */
function about({ params, result, method }) {
  if (method === "getUpdates") return `${result.result.length} ${result.result.length === 1 ? "update" : "updates"}`;
  if (result && !result.ok) return result.description ?? "";
  const chat = state.chats.get(Number(params?.chat_id));
  return chat?.chat.title ?? (Number(params?.chat_id) === state.me.id ? "to you" : "");
}

function raw({ params, result }) {
  return [
    ["Request", params],
    ["Answer", result],
  ].flatMap(([title, value]) => [el("h3", {}, title), el("pre", { tabindex: 0 }, JSON.stringify(value, null, 2))]);
}

export function toggleLog(open = byId("log").hidden) {
  byId("log").hidden = !open;
  byId("app").classList.toggle("with-log", open);
  byId("show-log").setAttribute("aria-expanded", String(open));
  byId(open ? "hide-log" : "show-log").focus();
}
