// The page: a small Telegram client over the control side of the local Bot API server.

import { api } from "./api.js";
import { byId, el, shortTime, tint, toast } from "./dom.js";
import { showCall } from "./log.js";
import { author, bubble, preview } from "./messages.js";

const state = { me: null, bot: null, chats: new Map(), current: null, messages: [], selected: new Set() };

async function start() {
  await refresh();
  const first = location.hash.slice(1) || String(state.bot.id);
  if (state.chats.has(Number(first))) await open(Number(first), { narrow: Boolean(location.hash) });
  api.events().onmessage = (event) => happened(JSON.parse(event.data));
  for (const call of await api.calls()) showCall(call);
}

async function refresh() {
  const view = await api.view();
  Object.assign(state, { me: view.me, bot: view.bot });
  state.chats = new Map(view.chats.map((entry) => [entry.chat.id, entry]));
  byId("now").textContent = new Date(view.now * 1000).toLocaleString();
  drawChats();
}

// --- chats -----------------------------------------------------------------------------------------------------

function title(chat) {
  return chat.title ?? [chat.first_name, chat.last_name].filter(Boolean).join(" ");
}

function kind(entry) {
  const { chat, members, bot_is_admin: admin } = entry;
  if (chat.type === "private") return chat.id === state.bot.id ? "bot" : "private chat";
  if (chat.type === "channel") return admin ? "channel · the bot may post here" : "channel";
  return `group${members ? `, ${members} members` : ""}`;
}

function drawChats() {
  const entries = [...state.chats.values()].sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0));
  byId("chats").replaceChildren(...entries.map((entry) => el("li", {}, chatRow(entry, () => open(entry.chat.id)))));
}

function chatRow(entry, onclick) {
  const { chat, last } = entry;
  return el(
    "button",
    { class: "chat", type: "button", "aria-current": String(chat.id === state.current), onclick },
    el("span", { class: "face", style: `background:${tint(chat.id)}`, "aria-hidden": "true" }, title(chat).slice(0, 1)),
    el("span", { class: "name" }, title(chat)),
    el("span", { class: "when" }, last ? shortTime(last.date) : ""),
    el("span", { class: "last" }, last ? preview(last).slice(0, 120) : kind(entry)),
  );
}

async function open(id, { message, narrow = true } = {}) {
  state.current = id;
  state.selected.clear();
  state.messages = await api.messages(id);
  if (narrow) byId("app").dataset.view = "chat";
  history.replaceState(null, "", `#${id}`);
  drawChats();
  drawChat();
  if (message) show(message);
}

function drawChat() {
  const entry = state.chats.get(state.current);
  const [name, about] = byId("chat-title").children;
  name.textContent = title(entry.chat);
  about.textContent = kind(entry);
  byId("promote").hidden = entry.chat.type !== "channel" || entry.bot_is_admin || !entry.mine;
  byId("composer").hidden = !entry.may_write || state.selected.size > 0;
  byId("as-row").hidden = entry.chat.id !== state.bot.id;
  drawHint(entry);
  drawMessages();
  drawSelection();
  drawCommands();
  drawOrigins();
}

function drawHint(entry) {
  const hints = {
    bot: "Paste a news text here, or forward posts from a channel; then send /summary.",
    channel: "Tick posts and forward them to the bot.",
  };
  const text = entry.chat.id === state.bot.id && state.messages.length < 3 ? hints.bot : entry.chat.type === "channel" ? hints.channel : "";
  byId("chat-hint").textContent = text;
  byId("chat-hint").hidden = !text;
}

// --- messages --------------------------------------------------------------------------------------------------

const actions = {
  follow,
  say: (text) => send(text),
  press: (message, button) => attempt(() => api.press(state.me.id, message.chat.id, message.message_id, button.callback_data)),
  select: (message) => {
    if (!state.selected.delete(message.message_id)) state.selected.add(message.message_id);
    drawChat();
  },
  forward: (message) => chooseTarget([message.message_id]),
  jump: (chat, message) => (state.chats.has(chat) ? open(chat, { message }) : toast("That channel is not in this playground")),
};

function drawMessages() {
  const place = byId("messages");
  const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 80;
  place.classList.toggle("selecting", state.selected.size > 0);
  place.replaceChildren(
    ...state.messages.map((message) =>
      bubble(message, {
        mine: message.from?.id === state.me.id && !message.sender_chat,
        selected: state.selected.has(message.message_id),
        actions,
      }),
    ),
  );
  if (atEnd || place.scrollTop === 0) place.scrollTop = place.scrollHeight;
}

function show(id) {
  const node = byId("messages").querySelector(`[data-id="${id}"]`);
  if (!node) return toast("That post is gone");
  node.scrollIntoView({ block: "center" });
  node.classList.add("found");
  setTimeout(() => node.classList.remove("found"), 2500);
}

/** Open t.me links to chats of this playground here; say whether it was one. */
function follow(url) {
  const match = /^https?:\/\/t\.me\/(?:c\/(\d+)|([A-Za-z]\w+))(?:\/(\d+))?/.exec(url);
  if (!match) return false;
  const entry = [...state.chats.values()].find(({ chat }) => (match[1] ? chat.id === Number(`-100${match[1]}`) : chat.username === match[2]));
  if (entry) open(entry.chat.id, { message: match[3] });
  else toast("That chat is not in this playground");
  return true;
}

// --- writing ---------------------------------------------------------------------------------------------------

async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(error.message);
  }
}

function send(text) {
  if (!text.trim()) return;
  const origin = byId("as-row").hidden ? "" : byId("as").value;
  const pasted = origin && !text.startsWith("/");
  return attempt(async () => {
    if (pasted) await api.paste(state.me.id, state.current, text, origin);
    else await api.send(state.me.id, state.current, text);
    byId("text").value = "";
  });
}

function drawOrigins() {
  const channels = [...state.chats.values()].filter(({ chat }) => chat.type === "channel").map(({ chat }) => title(chat));
  const chosen = byId("as").value;
  byId("as").replaceChildren(
    el("option", { value: "" }, "nobody (I wrote it)"),
    ...channels.map((name) => el("option", { value: name, selected: name === chosen }, name)),
  );
}

function drawCommands() {
  const commands = state.chats.get(state.current).commands ?? [];
  byId("menu").hidden = commands.length === 0;
  byId("commands").replaceChildren(
    ...commands.map(({ command, description }) =>
      el("li", { role: "option" }, el("button", { type: "button", onclick: () => { toggleCommands(false); send(`/${command}`); } }, el("b", {}, `/${command}`), description)),
    ),
  );
}

function toggleCommands(open = byId("commands").hidden) {
  byId("commands").hidden = !open;
  byId("menu").setAttribute("aria-expanded", String(open));
}

function drawSelection() {
  const count = state.selected.size;
  byId("selection").hidden = count === 0;
  byId("selected").textContent = `${count} selected`;
}

function chooseTarget(ids) {
  const from = state.current;
  const targets = [...state.chats.values()].filter(({ chat, may_write: writable }) => writable && chat.id !== from);
  const pick = async (entry) => {
    byId("choose").close();
    state.selected.clear();
    await attempt(() => api.forward(state.me.id, from, ids, entry.chat.id));
    await open(entry.chat.id);
  };
  byId("targets").replaceChildren(...targets.map((entry) => el("li", {}, chatRow(entry, () => pick(entry)))));
  byId("choose").showModal();
}

// --- what happens ----------------------------------------------------------------------------------------------

async function happened(event) {
  if (event.call) return showCall(event.call);
  await refresh();
  if (event.chat === state.current) {
    state.messages = await api.messages(state.current);
    drawChat();
  } else if (state.chats.has(state.current)) {
    drawCommands();
  }
}

function toggleLog(open) {
  byId("log").hidden = !open;
  byId("show-log").setAttribute("aria-expanded", String(open));
}

byId("show-log").addEventListener("click", () => toggleLog(byId("log").hidden));
byId("hide-log").addEventListener("click", () => toggleLog(false));
byId("back").addEventListener("click", () => { byId("app").dataset.view = "list"; });
byId("menu").addEventListener("click", () => toggleCommands());
byId("promote").addEventListener("click", () => attempt(() => api.promote(state.current)));
byId("cancel-selection").addEventListener("click", () => { state.selected.clear(); drawChat(); });
byId("forward-selected").addEventListener("click", () => chooseTarget([...state.selected].sort((a, b) => a - b)));
byId("composer").addEventListener("submit", (event) => { event.preventDefault(); send(byId("text").value); });
byId("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(byId("text").value); }
});
byId("text").addEventListener("input", (event) => toggleCommands(event.target.value === "/" && byId("commands").children.length > 0));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { toggleCommands(false); if (state.selected.size) { state.selected.clear(); drawChat(); } }
});
byId("clock").addEventListener("click", (event) => {
  const seconds = Number(event.target.dataset.seconds);
  if (seconds) attempt(() => api.advance(seconds)).then(refresh);
});

start().catch((error) => toast(`The playground does not answer: ${error.message}`));
