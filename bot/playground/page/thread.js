// The messages of the open chat: days, albums, who writes several in a row; scrolling, and jumping to one.

import { bubble } from "./bubble.js";
import { arrange, byId, el, toast } from "./dom.js";
import { chatTitle, currentEntry, isChannel, isNews, state } from "./state.js";
import { dayName } from "./times.js";
import { noticeText, senderOf } from "./words.js";
import { welcome } from "./hints.js";

// Messages of one sender that follow each other within this time stand close together.
const ROW_SECONDS = 600;

/** The nodes that are shown, by what they show: what did not change is not drawn again. */
let drawn = new Map();
let drawnChat = null;
/** Is the end in sight? Then it stays in sight, whatever comes or changes its size. */
let atEnd = true;
/** What the messages said when they were drawn, and which came or said something else since the reader last did anything. */
let told = new Map();
let unread = new Set();
/** Came something that was not gone to yet? */
let isToBeShown = false;
// What stays free above what is too tall to be seen whole.
const ROOM_ABOVE = 44;

/** Watch where the reader scrolls to: only going up leaves the end, for the end itself may have moved on. */
export function wireThread() {
  const place = byId("messages");
  let before = 0;
  place.addEventListener("scroll", () => {
    const isThere = place.scrollHeight - place.scrollTop - place.clientHeight < 60;
    atEnd = isThere || (atEnd && place.scrollTop >= before);
    before = place.scrollTop;
  });
  new ResizeObserver(toEnd).observe(place);
  const looked = () => place.clientHeight && unread.clear();
  for (const name of ["pointerdown", "keydown", "wheel"]) document.addEventListener(name, looked, { passive: true });
}

/** Go to the newest message, and stay there. */
export function goToEnd() {
  atEnd = true;
  toEnd();
}

function toEnd() {
  const place = byId("messages");
  if (atEnd) place.scrollTop = place.scrollHeight;
}

/** Show what came, once it can be seen: the end, or the beginning of what is too tall to be seen whole. */
function toUnread() {
  const place = byId("messages");
  if (!place.clientHeight) return;
  toEnd();
  const first = isToBeShown && firstUnread(place);
  if (atEnd && first && place.scrollHeight - first.offsetTop > place.clientHeight - ROOM_ABOVE) {
    place.scrollTop = first.offsetTop - ROOM_ABOVE;
    atEnd = false;
  }
  isToBeShown = false;
}

/** Return the first of the messages at the end that the reader has not seen; what stands above his own he has. */
function firstUnread(place) {
  const shown = [...place.querySelectorAll(".message[data-ids]")];
  const seen = shown.findLastIndex((node) => node.classList.contains("mine") || !unread.has(node.dataset.ids));
  return shown[seen + 1];
}

/** Note which messages came or say something else; of a chat that is opened, what came while another one was open. */
function noteUnread(place, fresh) {
  const shown = [...place.querySelectorAll(".message[data-ids]")];
  const says = new Map(shown.map((node) => [node.dataset.ids, node.querySelector(".text")?.textContent]));
  const from = state.arrived.get(state.current) ?? (shown.length && idsOf(shown.at(-1))[0]);
  const isNew = fresh
    ? (ids) => Number(ids.split(" ")[0]) >= from
    : (ids) => !told.has(ids) || told.get(ids) !== says.get(ids);
  if (fresh) unread = new Set();
  for (const ids of [...says.keys()].filter(isNew)) {
    unread.add(ids);
    isToBeShown = true;
  }
  told = says;
  state.arrived.delete(state.current);
}

/** Draw the messages; the end stays in sight if it was. */
export function drawThread(actions) {
  if (state.messagesOf !== state.current) return;
  const place = byId("messages");
  const fresh = drawnChat !== state.current;
  atEnd ||= fresh;
  if (fresh) drawn = new Map();
  const before = drawn;
  drawn = new Map();
  const keep = (key, make) => {
    const node = before.get(key) ?? make();
    drawn.set(key, node);
    return node;
  };
  const nodes = draw(keep, actions);
  if (fresh) place.replaceChildren(...nodes);
  else arrange(place, nodes);
  drawnChat = state.current;
  place.classList.toggle("in-channel", isNews(currentEntry()));
  showSelection();
  noteUnread(place, fresh);
  toUnread();
}

/** Show which messages are ticked. */
export function showSelection() {
  const place = byId("messages");
  place.classList.toggle("selecting", state.selecting);
  for (const node of place.querySelectorAll(".message[data-ids]")) {
    const chosen = idsOf(node).some((id) => state.selected.has(id));
    node.classList.toggle("selected", chosen);
    node.querySelector(".pick").checked = chosen;
  }
}

export const idsOf = (node) => node.dataset.ids.split(" ").map(Number);

/** Scroll to a message and let it shine. */
export function showMessage(id) {
  const node = [...byId("messages").querySelectorAll("[data-ids]")].find((one) => idsOf(one).includes(id));
  if (!node) return toast("That post is gone");
  atEnd = false;
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  node.classList.add("found");
  setTimeout(() => node.classList.remove("found"), 2500);
}

/** Move the focus to the message above or below the one that has it. */
export function walk(step) {
  const all = [...byId("messages").querySelectorAll(".message[data-ids]")];
  const at = all.findIndex((node) => node.contains(document.activeElement));
  const next = at < 0 ? all.at(-1) : all[Math.min(all.length - 1, Math.max(0, at + step))];
  next?.focus();
}

function draw(keep, actions) {
  const entry = currentEntry();
  const nodes = [];
  const about = isNews(entry) && entry.description;
  if (about) nodes.push(keep(`about ${about}`, () => el("p", { class: "note" }, about)));
  let day = null;
  const units = albums(state.messages);
  units.forEach((parts, index) => {
    const name = dayName(parts[0].date);
    if (name !== day) nodes.push(keep(`day ${name}`, () => el("div", { class: "day" }, name)));
    const look = lookOf(parts[0], name === day ? units[index - 1] : null, units[index + 1]);
    day = name;
    nodes.push(keep(JSON.stringify([parts, look]), () => bubble(parts, look, actions)));
  });
  if (!state.messages.length) nodes.push(...nothing(entry, keep));
  if ((state.typing.get(state.current) ?? 0) > Date.now()) nodes.push(keep("typing", typing));
  return nodes;
}

/** Say what could come into an empty chat. */
function nothing(entry, keep) {
  if (entry.chat.id === state.bot.id) return [keep("welcome", welcome)];
  if (!isChannel(entry)) return [];
  const bot = chatTitle(state.bot);
  const words = entry.bot_is_admin
    ? `${bot} can post here now.`
    : `Make ${bot} an administrator, and it can post here.`;
  return [keep(words, () => el("p", { class: "note middle" }, "Nothing here yet. ", words))];
}

function lookOf(message, before, after) {
  const goesOn = (other) => {
    if (!other || noticeText(other[0])) return false;
    const near = Math.abs(other[0].date - message.date) < ROW_SECONDS;
    return near && senderOf(other[0]).id === senderOf(message).id;
  };
  const entry = currentEntry();
  const mine = message.from?.id === state.me.id && !message.sender_chat;
  return {
    mine,
    first: !goesOn(before),
    last: !goesOn(after),
    inGroup: entry.chat.type.endsWith("group"),
    mayReply: !isNews(entry),
    mayEdit: (mine || (isChannel(entry) && entry.mine)) && !message.forward_origin,
  };
}

/** Put the parts of each album together. */
function albums(messages) {
  const units = [];
  for (const message of messages) {
    const group = message.media_group_id;
    if (group && units.at(-1)?.[0].media_group_id === group) units.at(-1).push(message);
    else units.push([message]);
  }
  return units;
}

function typing() {
  const dots = el("div", { class: "bubble" }, el("i"), el("i"), el("i"));
  return el(
    "div",
    { class: "message first last typing", "aria-label": "The bot is typing" },
    el("div", { class: "body" }, dots),
  );
}
