// What the page knows: who looks, which chats there are, which one is open, what is selected.

import { api } from "./api.js";
import { setClock } from "./times.js";

export const state = {
  me: null,
  bot: null,
  /** The entries of the view, by the id of their chat. */
  chats: new Map(),
  /** The id of the open chat; messages, the oldest first, and the id of the chat whose they are. */
  current: null,
  messages: [],
  messagesOf: null,
  /** Ids of the messages that are ticked, and whether ticking has begun. */
  selected: new Set(),
  selecting: false,
  /** What the text that is being written is for: {kind: "reply" or "edit", message}, or null for a message of its own. */
  aim: null,
  /** By chat: what was typed there and not sent. */
  drafts: new Map(),
  /** By chat: how many messages were not seen yet. */
  unread: new Map(),
  /** By chat: the id of the first message that came while another chat was open. */
  arrived: new Map(),
  /** By chat: until when (milliseconds) somebody types there. */
  typing: new Map(),
};

export const currentEntry = () => state.chats.get(state.current);

export const botEntry = () => state.chats.get(state.bot.id);

export const isChannel = (entry) => entry.chat.type === "channel";

/** Is this a channel of others, where one can only read? */
export const isNews = (entry) => isChannel(entry) && !entry.may_write;

export const chatTitle = (chat) => chat.title ?? personName(chat);

export const personName = (person) => [person?.first_name, person?.last_name].filter(Boolean).join(" ");

/** Ask the server anew who and what is there. */
export async function refresh() {
  const view = await api.view();
  setClock(view.now);
  state.me = view.me;
  state.bot = view.bot;
  state.chats = new Map(view.chats.map((entry) => [entry.chat.id, entry]));
}

/** Return the chat of this playground with a name or number, as it stands in a t.me link. */
function chatOfLink(number, username) {
  const isIt = ({ chat }) =>
    number ? chat.id === Number(`-100${number}`) : chat.username?.toLowerCase() === username.toLowerCase();
  return [...state.chats.values()].find(isIt);
}

/**
 * Read a t.me link: {entry, message, start, startChannel}, the chat and what to do there; null for any other link.
 * entry is undefined for a chat that is not here.
 */
export function linked(url) {
  const match = /^https?:\/\/(?:t\.me|telegram\.me)\/(?:c\/(\d+)|([A-Za-z]\w+))(?:\/(\d+))?/.exec(url);
  if (!match) return null;
  const [, number, username, message] = match;
  const query = new URL(url).searchParams;
  return {
    entry: chatOfLink(number, username),
    message: message && Number(message),
    start: query.get("start"),
    startChannel: query.has("startchannel"),
  };
}
