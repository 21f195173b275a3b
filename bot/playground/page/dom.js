// Small helpers over the DOM: text goes in as text, never as markup.

/** Make an element: el("a", {href, class: "x", onclick}, "text", child). Children that are null or false are left out. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Draw an icon of 24 by 24 from a path. */
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Make a button that shows an icon only; `label` is for the ear and the pointer. */
export function iconButton(path, label, onclick) {
  return el("button", { class: "icon", type: "button", title: label, "aria-label": label, onclick }, icon(path));
}

/** Make `place` hold exactly these children, and touch only those that differ: focus and screen readers stay calm. */
export function arrange(place, children) {
  for (const old of [...place.children]) if (!children.includes(old)) old.remove();
  children.forEach((child, index) => {
    if (place.children[index] !== child) place.insertBefore(child, place.children[index] ?? null);
  });
}

export function toast(text) {
  const place = byId("toast");
  place.textContent = text;
  place.classList.add("seen");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => place.classList.remove("seen"), 3500);
}

/** Do what the server may refuse; say so if it does. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(error.message);
    return undefined;
  }
}
