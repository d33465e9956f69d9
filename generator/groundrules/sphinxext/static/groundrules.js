// Makes answers quicker to find: a finder of records, filters of tables, a live picture of a job
// graph.  Every page is complete without it.
(() => {
"use strict";
const site = new URL("..", document.currentScript.src);

// A new element; attributes whose value is a function are listeners.
function make(tag, attributes = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...content);
  return made;
}
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const said = (part) => part.textContent.trim();
const stop = (event) => event.preventDefault();
const labelled = (text, field) => make("label", {}, text, field);
const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
const terms = (text) => typeof splitQuery === "function" ? splitQuery(text.toLowerCase()) : words(text);
const count = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;
const typed = (placeholder) => make("input", { type: "search", placeholder });
const choice = (whole, values) => make("select", {}, make("option", { value: "" }, whole),
  ...[...new Set(values)].map((value) => make("option", {}, value)));

// ---- Finder: records by name, or part of it, then pages by their text ----

let entries = null;

// The index is Sphinx's own; some themes load it on each page, else it comes when it is needed.
function loadIndex() {
  if (typeof Search !== "undefined") return Promise.resolve(Search._index);
  return new Promise((found) => {
    window.Search = { setIndex: (index) => found((window.Search._index = index)) };
    document.head.append(make("script", { src: new URL("searchindex.js", site).href }));
  });
}

// Every record, and every other page: its kind, names, keywords among them, and address.
function recordsOf({ docnames, objects, objnames, titles }) {
  const found = [], records = new Set(), also = titles.map(() => []);
  const suffix = DOCUMENTATION_OPTIONS.BUILDER === "dirhtml" ? "/" : DOCUMENTATION_OPTIONS.LINK_SUFFIX;
  const add = (kind, page, names, more = "", anchor = "") => found.push({
    kind, page, more, title: names[0], names: names.map((name) => terms(name).join(" ")),
    text: [...names, more, kind].join(" ").toLowerCase(),
    href: new URL(docnames[page] + suffix + anchor, site).href,
  });
  const own = Object.entries(objects).flatMap(([prefix, listed]) => listed.map(([page, type, , anchor, last]) =>
    ({ page, anchor, of: objnames[type], name: prefix ? `${prefix}.${last}` : last }))).filter(({ of }) => of[0] === "ci");
  for (const { page, of, name } of own) if (of[1] === "keyword") also[page].push(name);
  for (const { page, anchor, of: [, kind], name } of own) {
    const path = docnames[page].split("/");
    if (kind === "label") add(kind, page, [name], titles[page], `#${anchor === "-" ? `label-${name}` : anchor || name}`);
    else if (kind !== "keyword" && records.add(page)) {
      add(kind, page, [titles[page], path.at(-1), ...also[page]], kind === "job" ? path.at(-2) : "");
    }
  }
  titles.forEach((title, page) => { if (!records.has(page)) add("page", page, [title, ...also[page]]); });
  return found;
}

// Names before what starts with the words, and this before what holds them.
function byName(query) {
  const asked = terms(query), whole = asked.join(" ");
  const rank = ({ names, kind }) => (kind === "page" ? 0.5 : 0) + (names.includes(whole) ? 0
    : names.some((each) => each.startsWith(whole)) ? 1 : names.some((each) => each.includes(whole)) ? 2 : 3);
  return entries
    .filter(({ text }) => whole && asked.every((word) => text.includes(word)))
    .sort((a, b) => rank(a) - rank(b) || a.title.length - b.title.length || a.text.localeCompare(b.text));
}

// A page that was opened as a file may not read others to cite them.
const bare = location.protocol === "file:" ? "; no excerpts below, as this is a file" : "";
if (bare) DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// In the order of Sphinx's own search, on pages that have it.
function byText(query) {
  if (typeof Stemmer === "undefined" || !Search._performSearch) return [];
  const asked = terms(query), none = new Set();
  const stems = asked.filter((word) => /\D/.test(word)).map((word) => new Stemmer().stemWord(word));
  return Search._performSearch(query, new Set(stems), none, none, new Set(asked)).reverse().map(([page]) =>
    entries.find((each) => each.kind !== "label" && Search._index.docnames[each.page] === page));
}

function startFinder(input) {
  const hits = make("ul", { class: "ci-hits", hidden: "", keydown: move });
  const status = make("p", { class: "ci-status", role: "status" });
  const small = input.closest("dialog");
  const alone = small || !document.getElementById("search-results"); // else the text's hits are below
  input.form.after(status, hits);

  async function show() {
    entries ??= recordsOf(await loadIndex());
    const named = byName(input.value), found = new Set([...named, ...alone ? byText(input.value) : []]);
    hits.replaceChildren(...[...found].slice(0, 10).map(hit));
    hits.hidden = !found.size;
    const more = alone ? `, ${found.size - named.length} more with these words. Enter shows all` : bare;
    status.textContent = input.value.trim() && `${named.length} of this name${more}.`;
  }
  function hit({ kind, title, more, href }) {
    return make("li", {}, make("a", { href },
      make("span", { class: "ci-kind" }, kind), " ", make("b", {}, title), " ", make("small", {}, more)));
  }
  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || hits.hidden) return;
    const stops = [input, ...all("a", hits)];
    stop(event);
    (stops[stops.indexOf(document.activeElement) + step] ?? input).focus();
  }
  input.addEventListener("input", show);
  input.addEventListener("keydown", move);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked && !small) {
    input.value = asked;
    show();
  }
}

// ---- Filters: of the matrix, and of what changed ----

// commas stand between alternatives
const holds = (text, field) => field.value.split(",").some((part) => words(part).every((word) => text.includes(word)));
const lower = (part) => part.textContent.toLowerCase();

// A form above a table; `apply` shows what the fields ask for and says how much that is.
function startFilter(table, fields, apply) {
  const status = make("output"), named = Object.entries(fields);
  (table.closest(".pst-scrollable-table-container") ?? table).before(make("form", { class: "ci-filter", "aria-label": "Filter the table",
    input: update, submit: stop, reset: () => setTimeout(update) },
  ...named.map(([name, field]) => labelled(name[0].toUpperCase() + name.slice(1), field)),
  make("button", { type: "reset" }, "Show all"), status));

  // The address keeps the filter, so that an answer can be sent to somebody.
  function update() {
    status.textContent = apply().replace(/^0 .*/, "Nothing matches");
    const state = new URLSearchParams();
    for (const [name, { value }] of named) if (value) state.set(name, value);
    if (`${state}` || location.hash.includes("=")) history.replaceState(null, "", `#${state}`);
  }
  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const [name, field] of named) field.value = state.get(name) ?? "";
    update();
  }
  window.addEventListener("hashchange", recall);
  recall();
}

// Rows by promise, columns by label and platform, both by standing.
function startMatrix(table) {
  const [above, labels] = table.tHead.rows, platforms = [...above.cells].slice(1);
  const columns = platforms.flatMap((platform) => Array(platform.colSpan).fill(platform))
    .map((platform, at) => ({ platform, head: labels.cells[at + 1], text: lower(labels.cells[at + 1]) }));
  const rows = [...table.tBodies[0].rows].map((row) => {
    const [head, ...cells] = row.cells;
    const says = cells.map((cell) => cell.querySelector(".ci-badge")?.textContent.slice(2));
    return { row, cells, says, text: lower(head) };
  });
  const fields = {
    promise: typed("memory"),
    label: typed("noble, jammy"),
    platform: choice("all", platforms.map(said)),
    standing: choice("any", ["guaranteed", "varies", "not guaranteed"]),
  };
  startFilter(table, fields, () => {
    const platform = fields.platform.value, standing = fields.standing.value;
    const inColumn = columns.map((column) =>
      holds(column.text, fields.label) && (!platform || said(column.platform) === platform));
    const inRow = rows.map(({ text }) => holds(text, fields.promise));
    const fits = (row, column) => inRow[row] && inColumn[column] && (!standing || rows[row].says[column] === standing);
    const showRow = rows.map((_, row) => columns.some((__, column) => fits(row, column)));
    const showColumn = columns.map((_, column) => rows.some((__, row) => fits(row, column)));
    rows.forEach(({ row, cells }, at) => {
      row.hidden = !showRow[at];
      cells.forEach((cell, column) => { cell.hidden = !showColumn[column]; });
    });
    columns.forEach(({ head }, at) => { head.hidden = !showColumn[at]; });
    for (const cell of platforms) {
      const shown = columns.filter((each, at) => each.platform === cell && showColumn[at]).length;
      cell.hidden = !shown;
      cell.colSpan = shown || 1;
    }
    const [some, many] = [showRow, showColumn].map((shown) => shown.filter(Boolean).length);
    return `${some} of ${count(rows.length, "promise")}, ${many} of ${count(columns.length, "label")}`;
  });
}

// Rows by text, topic and day.
function startChanges(table) {
  const rows = [...table.tBodies[0].rows].map((row) => {
    const [date, topic] = [...row.cells].map(said);
    return { row, date, topic, text: lower(row) };
  });
  const fields = { text: typed("noble"), topic: choice("all", rows.map(({ topic }) => topic).sort()), since: typed("2025-08") };
  startFilter(table, fields, () => {
    const topic = fields.topic.value;
    for (const each of rows) {
      each.row.hidden = !holds(each.text, fields.text) || each.date < fields.since.value || (topic && each.topic !== topic);
    }
    return `${rows.filter(({ row }) => !row.hidden).length} of ${count(rows.length, "change")}`;
  });
}

// ---- Graph: what a job waits for and what waits for it, lit; zoom, pan, find ----

function startGraph(figure) {
  const frame = figure.querySelector(".ci-diagram"), svg = frame.querySelector("svg");
  const jobs = all(".ci-node", svg), names = jobs.map(said), arrows = all(".ci-arrow", svg);
  const locks = jobs.map((job) => words(job.dataset.semaphores ?? ""));
  const ends = arrows.map((arrow) => arrow.dataset.ends.split(" ").map(Number));
  const rows = arrows.map((arrow) => arrow.id &&
    document.getElementById(arrow.id.replace("arrow", "wait"))?.closest("tr"));
  const told = make("div", { class: "ci-told", "aria-live": "polite" });
  const mark = (part, name, on) => part.classList.toggle(`ci-${name}`, on);

  function reach(start, from, to) {
    const found = new Set(), todo = [start];
    for (let job; (job = todo.pop()) !== undefined;) {
      for (const end of ends) if (end[from] === job && !found.has(end[to])) todo.push(end[to]), found.add(end[to]);
    }
    return found;
  }
  function light(job) {
    const before = reach(job, 1, 0), after = reach(job, 0, 1);
    mark(svg, "lit", true);
    jobs.forEach((each, at) => {
      mark(each, "self", at === job);
      mark(each, "before", before.has(at));
      mark(each, "after", after.has(at));
    });
    arrows.forEach((arrow, at) => {
      const [start, end] = ends[at];
      mark(arrow, "on", (before.has(start) && (end === job || before.has(end)))
        || (after.has(end) && (start === job || after.has(start))));
    });
    tell(job, before, after);
  }
  function dark() {
    for (const name of ["lit", "self", "before", "after", "on"]) {
      for (const each of [svg, ...jobs, ...arrows]) mark(each, name, false);
    }
    told.replaceChildren();
  }
  // The same in words: the counts at once, the reasons when they are asked for.
  function tell(job, before, after) {
    const beside = jobs.filter((_, at) => at !== job && !before.has(at) && !after.has(at)
      && !locks[at].some((lock) => locks[job].includes(lock))).length;
    const list = (which) => which.size ? ` (${[...which].map((at) => names[at]).join(", ")})` : "";
    const reasons = rows.filter((row, at) => row && ends[at].includes(job)).map(({ cells: [who, what, why] }) =>
      make("li", {}, `${said(who)} waits for ${said(what)}: ${said(why)}`));
    told.replaceChildren(make("p", {}, make("b", {}, names[job]), ` waits for ${before.size}${list(before)}; ` +
      `${after.size} ${after.size === 1 ? "waits" : "wait"} for it${list(after)}; ${beside} can run beside it.`));
    if (reasons.length) told.append(make("details", {}, make("summary", {}, "Why"), make("ul", {}, ...reasons)));
  }
  jobs.forEach((job, at) => {
    job.addEventListener("pointerenter", () => light(at));
    job.addEventListener("focus", () => { light(at); rove(at); show(job); });
  });
  svg.addEventListener("pointerleave", () => {
    const at = jobs.indexOf(document.activeElement);
    if (at >= 0) light(at);
  });
  frame.addEventListener("keydown", (event) => { if (event.key === "Escape") dark(); });

  // One stop for the tab key; arrow keys follow the arrows, up and down go to the next job.
  const rove = (to) => jobs.forEach((job, at) => job.setAttribute("tabindex", at === to ? 0 : -1));
  const places = jobs.map((job) => job.getBBox()).map(({ x, y, width }) => ({ x: x + width / 2, y }));
  function next(at, key) {
    const linked = { ArrowLeft: [1, 0], ArrowRight: [0, 1] }[key];
    if (linked) return ends.find((end) => end[linked[0]] === at)?.[linked[1]];
    const down = (to) => (places[to].y - places[at].y) * (key === "ArrowUp" ? -1 : 1);
    const far = (to) => down(to) + Math.abs(places[to].x - places[at].x) * 4;
    return [...jobs.keys()].filter((to) => down(to) > 1).sort((a, b) => far(a) - far(b))[0];
  }
  svg.addEventListener("keydown", (event) => {
    const at = jobs.indexOf(event.target);
    if (at < 0 || !event.key.startsWith("Arrow")) return;
    stop(event);
    jobs[next(at, event.key)]?.focus();
  });
  rove(0);

  // Rows of the table and arrows of the picture light each other.
  rows.forEach((row, at) => {
    if (!row) return;
    const pair = [row, arrows[at]];
    for (const [type, on] of Object.entries({ pointerenter: true, pointerleave: false, focusin: true, focusout: false })) {
      for (const each of pair) each.addEventListener(type, () => pair.forEach((part) => mark(part, "marked", on)));
    }
    row.querySelector(".ci-edge").addEventListener("click", () => show(arrows[at]));
  });

  const { width, height } = svg.viewBox.baseVal;
  let scale;
  function zoom(to) {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = frame;
    const middle = [(scrollLeft + clientWidth / 2) / svg.clientWidth, (scrollTop + clientHeight / 2) / svg.clientHeight];
    scale = Math.min(Math.max(to, 0.05), 4);
    mark(svg, "scaled", true);
    svg.style.minWidth = svg.style.maxWidth = svg.style.width = `${width * scale}px`;
    frame.scrollTo(middle[0] * svg.clientWidth - clientWidth / 2, middle[1] * svg.clientHeight - clientHeight / 2);
  }
  function show(part) {
    const [a, b] = [part, frame].map((each) => each.getBoundingClientRect());
    if (a.left < b.left || a.right > b.right) frame.scrollLeft += (a.left + a.right - b.left - b.right) / 2;
    if (a.top < b.top || a.bottom > b.bottom) frame.scrollTop += (a.top + a.bottom - b.top - b.bottom) / 2;
  }
  const across = () => Math.min(1, frame.clientWidth / width);
  zoom(Math.max(across(), 0.75));
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    stop(event);
    zoom(scale * (event.deltaY < 0 ? 1.15 : 0.87));
  }, { passive: false });
  // The mouse drags the picture; a click that ends a drag leads nowhere.
  let dragged = 0;
  frame.addEventListener("dragstart", stop);
  frame.addEventListener("pointerdown", () => { dragged = 0; });
  frame.addEventListener("pointermove", ({ pointerType, buttons, movementX, movementY }) => {
    if (pointerType !== "mouse" || !(buttons & 1)) return;
    frame.scrollBy(-movementX, -movementY);
    dragged += Math.hypot(movementX, movementY);
  });
  frame.addEventListener("click", (event) => event.detail && dragged > 4 && stop(event), true);

  if (!figure.querySelector("figcaption")) return; // a job and its neighbours: all in words below
  const id = `ci-jobs-${all(".ci-tools").length}`, status = make("output");
  const find = make("input", { type: "search", list: id, input: look, keydown: (event) => {
    if (event.key === "Enter") jobs[hits[0]]?.focus(), stop(event);
  } });
  const button = (text, name, click) => make("button", { type: "button", "aria-label": name, title: name, click }, text);
  figure.prepend(make("form", { class: "ci-tools", "aria-label": "Picture", submit: stop },
    labelled("Find a job", find), make("datalist", { id }, ...names.map((value) => make("option", { value }))), status,
    button("−", "Smaller", () => zoom(scale / 1.25)), button("+", "Larger", () => zoom(scale * 1.25)),
    button("Fit", "Whole picture", () => zoom(Math.min(across(), (window.innerHeight * 0.75 - 2) / height)))));
  frame.after(told);
  let hits = [];
  function look() {
    hits = [...jobs.keys()].filter((at) => find.value.trim() && holds(names[at].toLowerCase(), find))
      .sort((a, b) => names[a].length - names[b].length);
    jobs.forEach((job, at) => mark(job, "found", hits.includes(at)));
    status.textContent = find.value && count(hits.length, "job");
    if (hits.length) { light(hits[0]); show(jobs[hits[0]]); } else dark();
  }
}

all('input[name="q"]').forEach(startFinder);
all("table.ci-matrix").forEach(startMatrix);
all(".ci-changes").forEach(startChanges);
all(".ci-figure").forEach(startGraph);
})();
