// Finds records, filters tables and tells what a graph shows; every page is complete without it.
(() => {
"use strict";
const site = new URL("..", document.currentScript.src);

// Attributes whose value is a function are listeners.
function set(part, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") part.addEventListener(name, value);
    else part.setAttribute(name, value);
  }
  return part;
}
function make(tag, attributes = {}, ...content) {
  const made = set(document.createElement(tag), attributes);
  made.append(...content);
  return made;
}
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const said = (part) => part.textContent.trim();
const stop = (event) => event.preventDefault();
const count = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;
const typed = (placeholder, more) => make("input", { type: "search", placeholder, ...more });
const choice = (whole, values) => make("select", {}, make("option", { value: "" }, whole),
  ...[...new Set(values)].map((value) => make("option", {}, value)));
const words = (text) => text.toLowerCase().match(/\S+/g) ?? [];
// Commas stand between alternatives.
const pieces = (field) => field.value.split(",").map(words).filter((piece) => piece.length);
const fits = (text, piece) => piece.every((word) => text.includes(word));
const holds = (text, field) => !pieces(field).length || pieces(field).some((piece) => fits(text, piece));

// ---- Finder: records by name, or part of it, then pages by their text ----

let entries, called;

// Every page, most of them a record's, and every label: kind, names and address.
function recordsOf({ docnames, objects, objnames, titles }) {
  const pages = titles.map((title, page) => ({ kind: "page", page, title, names: [title], more: "", anchor: "" })), labels = [];
  for (const [prefix, listed] of Object.entries(objects)) for (const [page, type, , anchor, last] of listed) {
    const [domain, kind] = objnames[type], name = prefix ? `${prefix}.${last}` : last, path = docnames[page].split("/");
    if (domain !== "ci") continue;
    if (kind === "keyword") pages[page].names.push(name);
    else if (kind === "label") {
      labels.push({ kind, page, title: name, names: [name], more: titles[page], anchor: `#${anchor[1] ? anchor : (anchor && "label-") + name}` });
    } else Object.assign(pages[page], { kind, more: kind === "job" ? path.at(-2) : "" }).names.splice(1, 0, path.at(-1));
  }
  const suffix = DOCUMENTATION_OPTIONS.BUILDER === "dirhtml" ? "/" : DOCUMENTATION_OPTIONS.LINK_SUFFIX;
  const spelt = (names) => names.map((name) => terms(name).join(" "));
  return [...labels, ...pages].map((each) => ({
    ...each,
    names: spelt(each.names),
    // "node" does not mean "No node at all"
    own: each.kind === "page" ? [] : spelt(each.names.slice(0, 2).filter((name) => !/\W/.test(name) || terms(name)[1])),
    text: [...each.names, each.more, each.kind].join(" ").toLowerCase(),
    href: new URL((docnames[each.page] + suffix).replace(/(?<![^/])index\/$/, "") + each.anchor, site).href,
  }));
}

// A sentence that names records asks for these; no page has all its words.
const split = window.splitQuery, terms = (text) => split(text.toLowerCase());
function namesIn(text) {
  called ??= entries.flatMap(({ own }) => own).sort((a, b) => b.length - a.length); // some hold others
  const whole = terms(text).join(" ");
  if (!words(text).some((word) => [...stopwords].includes(word))) return called.includes(whole) ? [whole] : [];
  let rest = ` ${whole} `;
  return called.filter((name) => rest !== (rest = rest.replace(` ${name} `, "  ")));
}
const splitSentence = (text) => {
  entries ??= recordsOf(Search._index);
  const names = namesIn(text);
  Scorer.named = entries.filter(({ own }) => own.some((name) => names.includes(name))).map(({ page }) => Search._index.docnames[page]);
  return names.length ? words(names.join(" ")) : split(text);
};

// Names before what starts with the words, and this before what holds them.
function byName(query) {
  const asked = terms(query), whole = asked.join(" "), wanted = [whole, ...namesIn(query)];
  const rank = ({ kind, names }) => (kind === "page" ? 0.5 : 0) + Math.min(...names.map((name) =>
    wanted.includes(name) ? 0 : name.startsWith(whole) ? 1 : name.includes(whole) ? 2 : 3));
  return entries
    .filter((each) => whole && (rank(each) < 1 || fits(each.text, asked)))
    .sort((a, b) => rank(a) - rank(b) || a.title.length - b.title.length || a.text.localeCompare(b.text));
}

// A page that was opened as a file may not read others to cite them.
const bare = location.protocol === "file:" ? "; no excerpts below, as this is a file" : "";
if (bare) DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// In the order of Sphinx's own search.
function byText(query) {
  const found = Search._performSearch(...Search._parseQuery(query)).reverse();
  localStorage.removeItem("sphinx_highlight_terms"); // the next page need not be one of them
  return found.map(([page]) => entries.find((each) => each.kind !== "label" && Search._index.docnames[each.page] === page));
}

function startFinder(input) {
  const hits = make("ul", { class: "ci-hits", hidden: "", keydown: move });
  const status = make("p", { class: "ci-status", role: "status" });
  const small = input.closest("dialog");
  const alone = small || !document.getElementById("search-results"); // else the text's hits are below
  input.form.after(status, hits);

  function show() {
    entries ??= recordsOf(Search._index);
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
  set(input, { input: show, keydown: move });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked && !small) {
    input.value = asked;
    show();
  }
}

// ---- Filters: of the matrix, and of what changed ----

// A form above a table; `apply` shows what the fields ask for and says how much that is.
function startFilter(table, fields, apply) {
  const status = make("output"), named = Object.entries(fields);
  (table.closest(".pst-scrollable-table-container") ?? table).before(make("form", { class: "ci-filter", "aria-label": "Filter the table",
    input: update, submit: stop, reset: () => setTimeout(update) },
  ...named.map(([name, field]) => make("label", {}, name[0].toUpperCase() + name.slice(1), field)),
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
    for (const [name, field] of named) field.value = state.get(name) ?? "", field.value ||= "";
    update();
  }
  set(window, { hashchange: recall });
  recall();
}

// Rows by promise, columns by label and platform, both by standing.
function startMatrix(table) {
  const [above, ...below] = table.rows, platforms = [...above.cells].slice(1);
  const columns = platforms.flatMap((platform) => Array(platform.colSpan).fill(platform)).map((platform, before) => {
    const cells = below.map((row) => row.cells[before + 1]);
    return { at: before + 1, platform, cells, text: said(cells[0]).toLowerCase() };
  });
  const rows = below.slice(1).map((row) => ({ row, says: [...row.cells].map(said) }));
  const fields = {
    promise: typed("memory"),
    label: typed("noble, jammy"),
    platform: choice("all", platforms.map(said)),
    standing: choice("any", ["guaranteed", "varies", "not guaranteed"]),
    rows: choice("all", ["that differ"]),
  };
  startFilter(table, fields, () => {
    // Each piece is a side: the label of this name, else all that hold it.
    const asked = pieces(fields.label).map((piece) => {
      const same = columns.filter(({ text }) => text === piece.join(" "));
      return same.length ? same : columns.filter(({ text }) => fits(text, piece));
    });
    const left = columns.filter((column) => ["", said(column.platform)].includes(fields.platform.value)
      && (!asked.length || asked.some((side) => side.includes(column))));
    const sides = asked.length < 2 ? left.map((column) => [column])
      : asked.map((side) => side.filter((column) => left.includes(column))).filter((side) => side.length);
    const answers = ({ says }, side) => [...new Set(side.map(({ at }) => says[at]))].sort().join();
    const every = (fields.rows.parentNode.hidden = sides.length < 2) || !fields.rows.value;
    const shows = ({ says }, { at }) => says[at].startsWith(fields.standing.value, 2);
    const some = rows.filter((row) => holds(row.says[0].toLowerCase(), fields.promise) && left.some((column) => shows(row, column))
      && (every || sides.some((side) => answers(row, side) !== answers(row, sides[0]))));
    const shown = left.filter((column) => some.some((row) => shows(row, column)));
    const heard = (column) => some.map(({ says }) => says[column.at]).join();
    const many = every ? shown : shown.filter((column) => sides.some((side) =>
      side.includes(column) && column === side.find((each) => heard(each) === heard(column))));
    for (const each of rows) each.row.hidden = !some.includes(each);
    for (const column of columns) for (const cell of column.cells) cell.hidden = !many.includes(column);
    for (const cell of platforms) {
      const { length } = many.filter((column) => column.platform === cell);
      cell.hidden = !length;
      cell.colSpan = length || 1;
    }
    return `${some.length} of ${count(rows.length, "promise")}, ${many.length} of ${count(columns.length, "label")}` +
      (many.length < shown.length ? ", of those that say the same the first" : "");
  });
}

function startChanges(table) {
  const rows = [...table.tBodies[0].rows].map((row) => {
    const [date, topic] = [...row.cells].map(said);
    return { row, date, topic, text: said(row).toLowerCase() };
  });
  const fields = { text: typed("noble"), topic: choice("all", rows.map(({ topic }) => topic).sort()), since: typed("2025-08") };
  startFilter(table, fields, () => {
    for (const { row, date, topic, text } of rows) {
      row.hidden = !holds(text, fields.text) || date < fields.since.value || !["", topic].includes(fields.topic.value);
    }
    return `${rows.filter(({ row }) => !row.hidden).length} of ${count(rows.length, "change")}`;
  });
}

// ---- Graph: jobs lit and told of; zoom, pan, find ----

function startGraph(figure) {
  const frame = figure.querySelector(".ci-diagram"), svg = frame.querySelector("svg");
  const jobs = all(".ci-node", svg), names = jobs.map(said), arrows = all(".ci-arrow", svg);
  const locks = jobs.map((job) => words(job.dataset.semaphores ?? ""));
  const ends = arrows.map((arrow) => arrow.dataset.ends.split(" ").map(Number));
  const rows = arrows.map((arrow) => arrow.id &&
    document.getElementById(arrow.id.replace("arrow", "wait"))?.closest("tr"));
  const told = make("div", { class: "ci-told", "aria-live": "polite" });
  const mark = (part, name, on) => part.classList.toggle(`ci-${name}`, on);

  // Jobs on the way, each with the one before it on the shortest.
  function reach(start, from, to) {
    const found = new Map(), todo = [start];
    for (const job of todo) { // which grows meanwhile
      for (const end of ends) if (end[from] === job && !found.has(end[to])) todo.push(end[to]), found.set(end[to], job);
    }
    return found;
  }
  // Lights a job and its way to both sides; none, and all is as it was.
  function light(job) {
    const before = reach(job, 1, 0), after = reach(job, 0, 1);
    mark(svg, "lit", job >= 0);
    jobs.forEach((each, at) => {
      mark(each, "self", at === job);
      mark(each, "before", before.has(at));
      mark(each, "after", after.has(at));
    });
    arrows.forEach((arrow, at) => {
      const [start, end] = ends[at];
      mark(arrow, "on", end === job || before.has(end) || start === job || after.has(start));
    });
    told.replaceChildren(...job >= 0 ? tell(job, before, after) : []);
  }
  // The same in words: the counts at once, the reasons when they are asked for.
  function tell(job, before, after) {
    const beside = jobs.filter((_, at) => at !== job && !before.has(at) && !after.has(at) && !lock(at, job)).length;
    const list = (which) => which.size ? ` (${[...which.keys()].map((at) => names[at]).join(", ")})` : "";
    const reasons = rows.filter((row, at) => row && ends[at].includes(job)).map(({ cells: [who, what, why] }) =>
      make("li", {}, `${said(who)} waits for ${said(what)}: ${said(why)}`));
    return [make("p", {}, make("b", {}, names[job]), ` waits for ${before.size}${list(before)}; ` +
      `${after.size} ${after.size === 1 ? "waits" : "wait"} for it${list(after)}; ${beside} can run beside it.`),
    reasons.length ? make("details", {}, make("summary", {}, "Why"), make("ul", {}, ...reasons)) : ""];
  }
  const lock = (one, other) => locks[one].find((each) => locks[other].includes(each));
  function between(one, other) {
    for (const [late, early] of [[one, other], [other, one]]) {
      const way = reach(late, 1, 0), through = [];
      if (!way.has(early)) continue;
      for (let at = way.get(early); at !== late; at = way.get(at)) through.unshift(names[at]);
      return `${names[late]} waits for ${names[early]}${through.length ? " through " : ""}${through.join(", ")}.`;
    }
    const held = lock(one, other);
    return `${names[one]} and ${names[other]} ${held ? `take turns: both hold ${held}` : "can run side by side"}.`;
  }
  jobs.forEach((job, at) => set(job, {
    pointerenter: () => light(at),
    focus: () => { light(at); rove(at); },
  }));
  // One stop for the tab key; arrow keys follow the arrows, up and down go through the columns.
  const rove = (to) => jobs.forEach((job, at) => job.setAttribute("tabindex", at === to ? 0 : -1));
  const places = jobs.map((job) => job.getBBox()).map(({ x, y, width }) => Math.round(x + width / 2) * 1e6 + y);
  const order = [...jobs.keys()].sort((a, b) => places[a] - places[b]);
  function walk(event) {
    const at = jobs.indexOf(event.target), step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const linked = { ArrowLeft: [1, 0], ArrowRight: [0, 1] }[event.key];
    if (event.key === "Escape") light(-1);
    if (at < 0 || !(step || linked)) return;
    stop(event);
    jobs[step ? order[order.indexOf(at) + step] : ends.find((end) => end[linked[0]] === at)?.[linked[1]]]?.focus();
  }
  rove(0);

  // Rows of the table and arrows of the picture light each other.
  for (const type of ["pointerover", "focusin"]) set(document, { [type]: ({ target }) => rows.forEach((row, at) => {
    for (const part of row ? [row, arrows[at]] : []) mark(part, "marked", row.contains(target) || arrows[at].contains(target));
  }) });

  const { width, height } = svg.viewBox.baseVal;
  function zoom(to) {
    const { scrollLeft: x, scrollTop: y, clientWidth, clientHeight } = frame, before = svg.clientWidth;
    svg.style.minWidth = svg.style.maxWidth = `${Math.min(Math.max(to, width / 20), width * 4)}px`;
    const more = svg.clientWidth / before - 1; // what is in the middle stays there
    frame.scrollTo(x + (x + clientWidth / 2) * more, y + (y + clientHeight / 2) * more);
  }
  set(frame, {
    keydown: walk,
    pointerleave: () => { if (jobs.includes(document.activeElement)) light(jobs.indexOf(document.activeElement)); },
    // the mouse drags the picture by its ground
    pointermove: ({ target, pointerType, buttons, movementX, movementY }) => {
      if (pointerType === "mouse" && buttons & 1 && !target.closest("a")) frame.scrollBy(-movementX, -movementY);
    },
  });

  if (!figure.querySelector("figcaption")) return; // a job and its neighbours: all in words below
  const id = `ci-jobs-${all(".ci-tools").length}`, status = make("output");
  const find = typed("one, other", { list: id, input: look, keydown: (event) => {
    if (event.key === "Enter") jobs[best[0]]?.focus(), stop(event);
  } });
  const button = (text, name, click) => make("button", { type: "button", "aria-label": name, title: name, click }, text);
  figure.prepend(make("form", { class: "ci-tools", "aria-label": "Picture", submit: stop },
    make("label", {}, "Find a job, or two", find), make("datalist", { id }, ...names.map((value) => make("option", { value }))), status,
    button("−", "Smaller", () => zoom(svg.clientWidth / 1.25)), button("+", "Larger", () => zoom(svg.clientWidth * 1.25)),
    button("Fit", "Whole picture", () => zoom(Math.min(width, frame.clientWidth, (innerHeight * 0.75 - 2) * width / height)))));
  frame.after(told);
  let best = []; // of each piece, the shortest name that it fits
  function look() {
    const found = pieces(find).map((piece) => [...jobs.keys()].filter((at) => fits(names[at].toLowerCase(), piece))
      .sort((a, b) => names[a].length - names[b].length));
    best = [...new Set(found.map(([at]) => at))].filter((at) => at >= 0);
    const hits = best.length > 1 ? best : found.flat();
    jobs.forEach((job, at) => mark(job, "found", hits.includes(at)));
    status.textContent = find.value && count(hits.length, "job");
    light(best[0] ?? -1);
    jobs[best[0]]?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (best.length > 1) told.replaceChildren(between(...best));
  }
}

if (typeof Search !== "undefined") { // some themes have it on one page only
  window.splitQuery = splitSentence;
  // its index may come last
  set(document, { DOMContentLoaded: () => all('input[name="q"]').forEach(startFinder) });
}
all("table.ci-matrix").forEach(startMatrix);
all(".ci-changes").forEach(startChanges);
all(".ci-figure").forEach(startGraph);
})();
