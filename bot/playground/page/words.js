// Messages in words: who wrote one, where it was forwarded from, what the list of chats says of it.

import { chatTitle, personName, state } from "./state.js";

const MEDIA = {
  photo: "Photo",
  video: "Video",
  document: "File",
  animation: "GIF",
  audio: "Audio",
  voice: "Voice message",
};

/** Return {kind, label} of what a message carries beside text, or null. */
export function mediaOf(message) {
  const kind = Object.keys(MEDIA).find((name) => message[name]);
  return kind ? { kind, label: MEDIA[kind] } : null;
}

export const senderOf = (message) => message.sender_chat ?? message.from ?? message.chat;

export function author(message) {
  const sender = senderOf(message);
  return message.author_signature ?? sender.title ?? personName(sender);
}

/** Name the first author of a forward, for all four kinds of origin. */
export function originName(origin) {
  const { chat, sender_chat: group, sender_user_name: hidden, sender_user: user } = origin;
  return chat?.title ?? group?.title ?? hidden ?? personName(user);
}

function chatName(id) {
  const entry = state.chats.get(id);
  return entry ? chatTitle(entry.chat) : "a chat";
}

/** Return what a notice of the chat says, or null for what somebody wrote. */
export function noticeText(message) {
  const who = personName(message.from);
  if (message.new_chat_members) return `${message.new_chat_members.map(personName).join(", ")} joined`;
  if (message.left_chat_member) return `${personName(message.left_chat_member)} left`;
  if (message.group_chat_created || message.supergroup_chat_created) return `${who} created the group`;
  if (message.channel_chat_created) return "The channel was created";
  if (message.forum_topic_created) return `Topic “${message.forum_topic_created.name}”`;
  if (message.chat_shared) return `${who} shared ${chatName(message.chat_shared.chat_id)}`;
  if (message.location) return `${who} shared a place`;
  if (message.pinned_message) return `${who || "Somebody"} pinned a message`;
  if (message.new_chat_title) return `The chat is now called ${message.new_chat_title}`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "The group became a supergroup";
  return null;
}

/** Return a message in one line. */
export function preview(message) {
  const media = mediaOf(message);
  const text = noticeText(message) ?? message.text ?? message.caption ?? "";
  return [media && `${media.kind === "photo" ? "🖼 " : "📎 "}${text ? "" : media.label}`, text]
    .filter(Boolean)
    .join("")
    .replace(/\s+/g, " ")
    .slice(0, 140);
}
