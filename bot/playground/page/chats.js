// The list of chats.

import { arrange, byId, el, icon } from "./dom.js";
import { face } from "./faces.js";
import { chatTitle, isChannel, isNews, state } from "./state.js";
import { shortTime } from "./times.js";
import { author, noticeText, preview } from "./words.js";

const HORN = "M4 10v4h3l8 5V5L7 10zM18 9a4 4 0 0 1 0 6";
const PEOPLE =
  "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.5.8 3.5 2.8 3.5 5.5";

/** Draw the list, the bot first; `onopen(id)` opens a chat. */
export function drawChats(onopen) {
  const rows = sorted().map((entry) =>
    el(
      "li",
      {},
      chatRow(entry, () => onopen(entry.chat.id)),
    ),
  );
  const place = byId("chats");
  const focused = [...place.children].findIndex((row) => row.contains(document.activeElement));
  const id = place.children[focused]?.firstChild.dataset.id;
  // What says the same stays: a press would be lost whose row is another one when it is let go.
  const drawn = new Map([...place.children].map((row) => [row.outerHTML, row]));
  arrange(
    place,
    rows.map((row) => drawn.get(row.outerHTML) ?? row),
  );
  if (id) place.querySelector(`[data-id="${id}"]`)?.focus();
}

/** Return the chats: the bot, then by their newest message. */
export function sorted() {
  const rank = (entry) => (entry.chat.id === state.bot.id ? Infinity : (entry.last?.date ?? 0));
  return [...state.chats.values()].sort((a, b) => rank(b) - rank(a));
}

/** Return a chat as a button with its face, name and newest message. */
export function chatRow(entry, onclick) {
  const { chat, last } = entry;
  const isBot = chat.id === state.bot.id;
  const unread = state.unread.get(chat.id) ?? 0;
  return el(
    "button",
    {
      class: "chat",
      type: "button",
      "data-id": chat.id,
      "aria-current": chat.id === state.current ? "true" : "false",
      onclick,
    },
    face({ id: chat.id, name: chatTitle(chat), bot: isBot }),
    el("span", { class: "name" }, kindIcon(entry), el("span", {}, chatTitle(chat))),
    el("span", { class: "when" }, last ? shortTime(last.date) : ""),
    el("span", { class: "last" }, lastLine(entry)),
    unread > 0 && el("span", { class: "badge" }, String(unread), el("span", { class: "hidden" }, " unread")),
  );
}

/** Say in a few words what a chat is. */
export function kindOf(entry) {
  const { chat, members } = entry;
  if (chat.id === state.bot.id) return "bot";
  if (isNews(entry)) return `news channel · @${chat.username}`;
  if (isChannel(entry)) return "your channel";
  return `group · ${members} members`;
}

function kindIcon(entry) {
  if (isChannel(entry)) return icon(HORN);
  return entry.chat.id === state.bot.id ? null : icon(PEOPLE);
}

function lastLine({ chat, last }) {
  if (!last) return chat.id === state.bot.id ? "Tap to meet the bot" : "No posts yet";
  const isGroup = chat.type.endsWith("group");
  const who = last.from?.id === state.me.id ? "You" : author(last).split(" ")[0];
  const named = !noticeText(last) && (isGroup || (chat.type === "private" && who === "You"));
  return [named && el("b", {}, `${who}: `), preview(last)].filter(Boolean);
}
