// The page: a small Telegram client over the control side of the local Bot API server.

import { api } from "./api.js";
import { drawChats, kindOf } from "./chats.js";
import { chooseChat } from "./choose.js";
import { drawClock, wireClock } from "./clock.js";
import { changeDraft, drawComposer, say, setAim, wireComposer } from "./composer.js";
import { attempt, byId, el, toast } from "./dom.js";
import { face } from "./faces.js";
import { drawHint, learn } from "./hints.js";
import { showCall, showPastCalls, toggleLog } from "./log.js";
import { chooseTarget, clearSelection, drawSelection, forwardTo, toggle } from "./selection.js";
import { chatTitle, currentEntry, isChannel, isNews, linked, refresh, state } from "./state.js";
import { drawThread, idsOf, showMessage, walk, wireThread } from "./thread.js";

const TYPING_MS = 5_000;
const SAMPLE_POSTS = 3;

const actions = {
  follow,
  say,
  aim: setAim,
  press: (message, { callback_data: data }) =>
    attempt(() => api.press(state.me.id, state.current, message.message_id, data)),
  toggle: (ids) => toggle(ids, draw),
  forward: (ids) => chooseTarget(ids, open),
  jump,
};

/** Are the list and a chat beside each other? */
const isWide = () => matchMedia("(min-width: 761px)").matches;

async function start() {
  await refresh();
  for (const { chat, last } of state.chats.values())
    if (chat.id !== state.bot.id) state.unread.set(chat.id, last?.message_id ?? 0);
  wire();
  if (!location.hash && isWide()) history.replaceState(null, "", `#${state.bot.id}`);
  await show();
  const events = api.events();
  events.onopen = () => {
    past = attempt(showPastCalls);
    catchUp();
  };
  events.onmessage = (event) => happened(JSON.parse(event.data));
  events.onerror = () => toast("The playground does not answer; trying again");
}

// --- where we are: "#", "#<chat>" or "#<chat>/<message>"

function open(id) {
  location.hash = `#${id}`;
}

/** Go to a message, with a way back. */
function jump(chat, message) {
  if (!state.chats.has(chat)) return toast("That channel is not in this playground");
  if (chat === state.current) return showMessage(message);
  const title = chatTitle(currentEntry().chat);
  location.hash = `#${chat}/${message}`;
  byId("return").lastElementChild.textContent = `Back to ${title}`;
  byId("return").dataset.at = location.hash;
}

/** Open t.me links to chats of this playground here; say whether it was one. */
function follow(url) {
  const found = linked(url);
  if (!found) return false;
  const { entry, message, start: payload, startChannel } = found;
  if (!entry) toast("That chat is not in this playground");
  else if (message) jump(entry.chat.id, message);
  else if (startChannel)
    chooseChat(
      "Add the bot to",
      (one) => isChannel(one) && one.mine,
      ({ chat }) => attempt(() => api.promote(chat.id)),
    );
  else open(entry.chat.id);
  if (entry && payload) attempt(() => api.send(state.me.id, entry.chat.id, `/start ${payload}`));
  return true;
}

/** Show what the address says. */
async function show() {
  const [chat, message] = location.hash.slice(1).split("/").map(Number);
  byId("app").dataset.view = state.chats.has(chat) ? "chat" : "list";
  const id = state.chats.has(chat) ? chat : (state.current ?? state.bot.id);
  const isNew = id !== state.current;
  const isFirst = state.current === null;
  if (isNew) {
    changeDraft(state.current, id);
    state.current = id;
    clearSelection();
  }
  await load();
  byId("return").hidden = byId("return").dataset.at !== location.hash;
  if (isNew && !isFirst) focusChat();
  if (message) showMessage(message);
}

/** Put the focus where one goes on: into the text, or onto the messages where one can't write or the keyboard would cover them. */
function focusChat() {
  const writes = isWide() && !byId("composer").hidden;
  byId(writes ? "text" : "messages").focus({ preventScroll: true });
}

async function load() {
  const id = state.current;
  const messages = await api.messages(id);
  const toBot = id === state.bot.id ? messages : await api.messages(state.bot.id);
  if (id !== state.current) return;
  state.messages = messages;
  state.messagesOf = id;
  learn(toBot);
  if (byId("app").dataset.view === "chat" || isWide()) state.unread.delete(id);
  draw();
}

// --- drawing

function draw() {
  drawChats(open);
  drawHead();
  drawThread(actions);
  drawSelection();
  drawComposer();
  drawHint(currentEntry(), { select, say });
  drawClock();
}

function drawHead() {
  const entry = currentEntry();
  const isBot = entry.chat.id === state.bot.id;
  byId("chat-face").replaceWith(
    Object.assign(face({ id: entry.chat.id, name: chatTitle(entry.chat), bot: isBot }, "middle"), { id: "chat-face" }),
  );
  const typing = (state.typing.get(state.current) ?? 0) > Date.now();
  const [name, about] = byId("chat-title").children;
  name.textContent = chatTitle(entry.chat);
  about.textContent = typing ? "typing…" : kindOf(entry);
  about.classList.toggle("busy", typing);
  const own = isChannel(entry) && entry.mine;
  byId("promote").hidden = !own || entry.bot_is_admin;
  byId("promote").textContent = `Make ${chatTitle(state.bot)} an administrator`;
  byId("promoted").hidden = !own || !entry.bot_is_admin;
  byId("promoted").lastElementChild.textContent = `${chatTitle(state.bot)} is an administrator`;
}

function drawSources() {
  const channels = [...state.chats.values()].filter(isNews);
  const row = ({ chat, description }) =>
    el("li", {}, el("b", {}, chatTitle(chat)), description?.split("\n").at(-1) ?? "");
  byId("sources")
    .querySelector("ul")
    .replaceChildren(...channels.map(row));
  byId("sources").showModal();
}

// --- doing

function select() {
  state.selecting = true;
  draw();
  byId("messages").querySelector(".message:last-of-type .pick")?.focus();
}

function cancelSelection() {
  clearSelection();
  draw();
}

/** Do the three steps for somebody who wants to see them: forward some posts of two channels, ask for the summary. */
async function demonstrate() {
  const bot = state.bot.id;
  const channels = [...state.chats.values()].filter(isNews);
  await attempt(async () => {
    for (const { chat } of channels.slice(-2)) {
      const posts = (await api.messages(chat.id)).filter((message) => message.text).slice(-SAMPLE_POSTS);
      await api.forward(
        state.me.id,
        chat.id,
        posts.map((message) => message.message_id),
        bot,
      );
    }
    await api.send(state.me.id, bot, "/summary");
  });
}

// --- what happens

/** The calls that were made before; those that are made now come behind them. */
let past = Promise.resolve();

async function happened(event) {
  if (event.type === "call") return past.then(() => showCall(event.call));
  if (event.type === "answer") return answered(event);
  const chat = event.bot ? state.bot.id : event.chat;
  if (event.type === "action") return types(event.chat === state.me.id ? event.bot : event.chat);
  state.typing.delete(chat);
  if (event.type === "message" && chat !== state.current) {
    state.unread.set(chat, (state.unread.get(chat) ?? 0) + 1);
    if (!state.arrived.has(chat)) state.arrived.set(chat, event.message_id);
  }
  await catchUp();
}

const asking = { now: false, again: false };

/** Ask for everything anew: one request at a time, and one more for what happened meanwhile. */
async function catchUp() {
  asking.again = true;
  if (asking.now) return;
  asking.now = true;
  while (asking.again) {
    asking.again = false;
    await attempt(refresh);
    await attempt(load);
  }
  asking.now = false;
}

function types(chat) {
  state.typing.set(chat, Date.now() + TYPING_MS);
  draw();
  setTimeout(draw, TYPING_MS + 50);
}

/** Show what a bot answered to a pressed button. */
function answered({ user, answer }) {
  if (user !== state.me.id || !answer.text) return;
  if (!answer.show_alert) return toast(answer.text);
  byId("alert").querySelector("p").textContent = answer.text;
  byId("alert").showModal();
}

function onkey(event) {
  if (document.querySelector("dialog[open]")) return;
  const message = event.target.closest?.(".message[data-ids]");
  if (event.key === "Escape" && state.selecting) cancelSelection();
  else if (event.key === "Escape" && state.aim) setAim(null);
  else if (event.target.closest?.("#messages") && ["ArrowUp", "ArrowDown"].includes(event.key))
    walk(event.key === "ArrowUp" ? -1 : 1);
  else if (message === event.target && event.key === " ") actions.toggle(idsOf(message));
  else return;
  event.preventDefault();
}

function wire() {
  wireComposer();
  wireThread();
  wireClock(catchUp);
  addEventListener("hashchange", show);
  document.addEventListener("keydown", onkey);
  const onclick = (id, work) => byId(id).addEventListener("click", work);
  onclick("skip", (event) => {
    event.preventDefault();
    byId("messages").focus();
  });
  onclick("show-log", () => toggleLog());
  onclick("hide-log", () => toggleLog(false));
  onclick("show-sources", drawSources);
  onclick("back", () => open(""));
  onclick("return", () => history.back());
  onclick("promote", () => attempt(() => api.promote(state.current)));
  onclick("cancel-selection", cancelSelection);
  onclick("forward-selected", () => chooseTarget([...state.selected], open));
  onclick("forward-to-bot", () => forwardTo(state.bot.id, [...state.selected], open));
  onclick("theme", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
    document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
  });
  onclick("messages", (event) => {
    if (event.target.closest("[data-show]")) return demonstrate();
    const message = event.target.closest(".message[data-ids]");
    if (state.selecting && message && !event.target.closest("a, button, input")) actions.toggle(idsOf(message));
  });
}

start().catch((error) => toast(`The playground does not answer: ${error.message}`));
