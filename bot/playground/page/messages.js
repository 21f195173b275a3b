// One message as a bubble: who, forwarded from where, media, text, keyboard, reactions, time.

import { el, shortTime, tint } from "./dom.js";
import { formatted } from "./entities.js";

const MEDIA = { photo: "Photo", video: "Video", document: "File", animation: "GIF", audio: "Audio", voice: "Voice message" };

/**
 * Return the bubble of a message (a Message object of the Bot API).
 * actions: follow(url), say(text), press(message, button), select(message), forward(message), jump(origin)
 */
export function bubble(message, { mine, selected, actions }) {
  const name = author(message);
  const service = serviceText(message);
  if (service) return el("div", { class: "service", "data-id": message.message_id }, service);
  return el(
    "article",
    {
      class: `message${mine ? " mine" : ""}${selected ? " selected" : ""}`,
      "data-id": message.message_id,
      "aria-label": `${mine ? "You" : name}, ${shortTime(message.date)}`,
    },
    el("input", {
      type: "checkbox",
      class: "pick",
      "aria-label": "Select this message",
      checked: selected,
      onchange: () => actions.select(message),
    }),
    el(
      "div",
      { class: "bubble" },
      !mine && message.chat.type !== "private" && el("div", { class: "author", style: `color:${tint(senderId(message))}` }, name) || null,
      forwardedFrom(message, actions),
      quoted(message),
      media(message),
      content(message, actions),
      el("div", { class: "meta" }, message.edit_date ? "edited " : "", shortTime(message.date)),
      reactions(message),
      keyboard(message, actions),
    ),
    el(
      "button",
      { class: "icon forward", type: "button", title: "Forward", onclick: () => actions.forward(message) },
      arrow(),
      el("span", { class: "hidden" }, "Forward this message"),
    ),
  );
}

/** A line for the list of chats. */
export function preview(message) {
  const media = Object.keys(MEDIA).find((kind) => message[kind]);
  return serviceText(message) ?? message.text ?? message.caption ?? (media ? MEDIA[media] : "Message");
}

export function author(message) {
  const sender = message.sender_chat ?? message.from;
  return message.author_signature ?? sender?.title ?? [sender?.first_name, sender?.last_name].filter(Boolean).join(" ") ?? "";
}

function senderId(message) {
  return (message.sender_chat ?? message.from)?.id ?? 0;
}

function serviceText(message) {
  if (message.new_chat_members) return `${message.new_chat_members.map((user) => user.first_name).join(", ")} joined`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} left`;
  if (message.group_chat_created || message.supergroup_chat_created || message.channel_chat_created) return "Chat created";
  if (message.pinned_message) return "A message was pinned";
  if (message.new_chat_title) return `Renamed to ${message.new_chat_title}`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "The group became a supergroup";
  return null;
}

/** Name of the first author of a forward, for all four kinds of origin. */
export function originName(origin) {
  return (
    origin.chat?.title ??
    origin.sender_chat?.title ??
    origin.sender_user_name ??
    [origin.sender_user?.first_name, origin.sender_user?.last_name].filter(Boolean).join(" ")
  );
}

function forwardedFrom(message, actions) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name = originName(origin);
  const known = origin.type === "channel";
  const title = known
    ? el("button", { class: "origin", type: "button", onclick: () => actions.jump(origin.chat.id, origin.message_id) }, name)
    : el("b", {}, name);
  return el("div", { class: "forwarded" }, "Forwarded from ", title);
}

function quoted(message) {
  const replied = message.reply_to_message;
  return replied ? el("div", { class: "quoted" }, el("b", {}, author(replied)), preview(replied).slice(0, 90)) : null;
}

function media(message) {
  const kind = Object.keys(MEDIA).find((name) => message[name]);
  if (!kind) return null;
  const file = message[kind].file_name;
  return el("div", { class: "media" }, file ? `${MEDIA[kind]}: ${file}` : MEDIA[kind]);
}

function content(message, actions) {
  const text = message.text ?? message.caption;
  return text === undefined
    ? null
    : el("div", { class: "text", dir: "auto" }, formatted(text, message.entities ?? message.caption_entities, actions));
}

function reactions(message) {
  const list = message.reactions ?? [];
  if (!list.length) return null;
  return el("div", { class: "reactions" }, list.map((reaction) => el("span", {}, reaction.emoji ?? reaction)));
}

function keyboard(message, actions) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const button = (item) =>
    item.url
      ? el("a", { class: "key", href: item.url, target: "_blank", rel: "noopener noreferrer" }, item.text)
      : el("button", { class: "key", type: "button", onclick: () => actions.press(message, item) }, item.text);
  return el("div", { class: "keyboard" }, rows.map((row) => el("div", { class: "keys" }, row.map(button))));
}

function arrow() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M13 6l7 6-7 6v-4c-5 0-8 1.500-10 5 .5-6 4-9 10-9z");
  svg.append(path);
  return svg;
}
